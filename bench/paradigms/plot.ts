import { readFileSync } from 'node:fs';

/*
 * `node bench/paradigms/plot.ts results.jsonl > docs/paradigms-NAME.svg`: quality by number of negatives, a line for each paradigm, of what
 * `npm run -s bench -- paradigms` printed. Bars go from the worst seed to the best; hollow marks are variants.
 */

interface Result {
  readonly data: string;
  readonly metric: string;
  readonly paradigm: string;
  readonly negatives: number | 'all';
  readonly variant?: string;
  readonly quality: number;
  readonly bySeed: readonly number[];
  readonly untrained: number;
}

const COLOURS: Readonly<Record<string, string>> = {
  'in-batch-negatives': '#0072b2',
  'end-to-end': '#d55e00',
  'memory-bank': '#009e73',
  'momentum-encoder': '#cc79a7',
};
const PLACES = [1, 16, 256, 4_096, 'all'] as const;
const [WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM] = [760, 420, 64, 40, 200, 52];

const results: Result[] = readFileSync(process.argv[2] ?? '', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('{'))
  .map((line) => JSON.parse(line));
const [first] = results;
if (first === undefined) throw new Error(`there is no result in ${process.argv[2]}`);
const values = results.flatMap(({ bySeed, untrained }) => [...bySeed, untrained]);
const step = Math.max(...values) - Math.min(...values) > 0.2 ? 0.1 : 0.02;
const lowest = Math.floor(Math.min(...values) / step) * step;
const highest = Math.ceil(Math.max(...values) / step) * step;

const x = (negatives: Result['negatives'], paradigm: string) => {
  // A little apart, so that bars of equal height can be told.
  const nudge = (Object.keys(COLOURS).indexOf(paradigm) - 1.5) * 7;
  return LEFT + 40 + (PLACES.indexOf(negatives as never) * (WIDTH - LEFT - RIGHT - 80)) / (PLACES.length - 1) + nudge;
};
const y = (quality: number) => TOP + ((highest - quality) / (highest - lowest)) * (HEIGHT - TOP - BOTTOM);
const text = (at: [number, number], content: string, more = '') =>
  `<text x="${at[0].toFixed(1)}" y="${at[1].toFixed(1)}" ${more}>${content}</text>`;
const line = (from: [number, number], to: [number, number], more: string) =>
  `<line x1="${from[0].toFixed(1)}" y1="${from[1].toFixed(1)}" x2="${to[0].toFixed(1)}" y2="${to[1].toFixed(1)}" ${more}/>`;

const grid = Array.from({ length: Math.round((highest - lowest) / step) + 1 }, (_, i) => lowest + i * step).flatMap(
  (at) => [
    line([LEFT, y(at)], [WIDTH - RIGHT, y(at)], 'stroke="#ddd"'),
    text([LEFT - 8, y(at) + 4], at.toFixed(2), 'text-anchor="end"'),
  ],
);
const ticks = PLACES.map((place) =>
  text([x(place, 'memory-bank') - 3.5, HEIGHT - BOTTOM + 20], place.toLocaleString('en'), 'text-anchor="middle"'),
);
const series = Object.entries(COLOURS).flatMap(([paradigm, colour], n) => {
  const own = results.filter((result) => result.paradigm === paradigm);
  const main = PLACES.flatMap((place) => own.filter((r) => r.variant === undefined && r.negatives === place));
  if (main.length === 0) return [];
  const points = main.map((r) => `${x(r.negatives, paradigm).toFixed(1)},${y(r.quality).toFixed(1)}`).join(' ');
  return [
    `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...own.flatMap(({ negatives, quality, bySeed, variant }) => {
      const at = x(negatives, paradigm);
      const bar = line([at, y(Math.min(...bySeed))], [at, y(Math.max(...bySeed))], `stroke="${colour}"`);
      const fill = variant === undefined ? colour : 'white';
      const mark = `<circle cx="${at.toFixed(1)}" cy="${y(quality).toFixed(1)}" r="4" fill="${fill}" stroke="${colour}" stroke-width="1.5"/>`;
      return variant === undefined ? [bar, mark] : [mark];
    }),
    line(
      [WIDTH - RIGHT + 16, TOP + 12 + n * 22],
      [WIDTH - RIGHT + 40, TOP + 12 + n * 22],
      `stroke="${colour}" stroke-width="2"`,
    ),
    text([WIDTH - RIGHT + 46, TOP + 16 + n * 22], paradigm),
  ];
});
const untrained = [
  line([LEFT, y(first.untrained)], [WIDTH - RIGHT, y(first.untrained)], 'stroke="#555" stroke-dasharray="4 4"'),
  text([WIDTH - RIGHT + 6, y(first.untrained) + 4], 'untrained'),
];

console.log(
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#222">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
    text([LEFT, 22], `${first.data}: ${first.metric} by negatives of each query`, 'font-size="14" font-weight="bold"'),
    ...grid,
    ...ticks,
    ...untrained,
    ...series,
    text([(LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10], 'negatives of each query', 'text-anchor="middle"'),
    '</svg>',
  ].join('\n'),
);
