import { QuartetError } from '../domain/errors.ts';
import { MINING_CORPORA, MINING_STRATEGIES, type MiningSpec } from '../domain/mining.ts';

/** Default, minimum and maximum of every number of a mining, in one place. A default of null: no such bound. */
const MINING_BOUNDS = Object.freeze({
  rangeMin: { default: 0, minimum: 0, maximum: 999, whole: true },
  rangeMax: { default: null, minimum: 1, maximum: 1_000, whole: true },
  maxScore: { default: null, minimum: -1_000_000, maximum: 1_000_000, whole: false },
  minScore: { default: null, minimum: -1_000_000, maximum: 1_000_000, whole: false },
  absoluteMargin: { default: null, minimum: 0, maximum: 1_000_000, whole: false },
  relativeMargin: { default: 0.05, minimum: 0, maximum: 1, whole: false },
  perQuery: { default: 5, minimum: 1, maximum: 100, whole: true },
  judgeMargin: { default: 0, minimum: 0, maximum: 2, whole: false },
  seed: { default: 1, minimum: 0, maximum: 2_147_483_647, whole: true },
});
type NumberName = keyof typeof MINING_BOUNDS;
/** Ranks looked at where nothing else is asked for. */
const DEFAULT_WINDOW = 100;

export type MiningInput = { readonly [K in keyof MiningSpec]?: MiningSpec[K] | null | undefined };

/**
 * Fills in defaults and checks bounds.
 * @param input undefined takes the default; null takes off a bound that has null among its values, else it is the default too
 * @throws QuartetError BAD_INPUT naming the field, the value and the bound
 */
export function resolveMining(input: MiningInput = {}): MiningSpec {
  const number = (name: NumberName): number | null => {
    const { default: standard, minimum, maximum, whole } = MINING_BOUNDS[name];
    const value = input[name];
    if (value === undefined) return standard;
    if (value === null) return NULLABLE.has(name) ? null : standard;
    const valid = Number.isFinite(value) && value >= minimum && value <= maximum && (!whole || Number.isInteger(value));
    if (valid) return value;
    const kind = whole ? 'a whole number' : 'a number';
    refuse(
      name,
      `must be ${kind} from ${minimum} to ${maximum}${standard === null ? '' : ` (default ${standard})`}, got ${value}`,
    );
  };
  const strategy = input.strategy ?? 'top';
  if (!MINING_STRATEGIES.includes(strategy)) {
    refuse('strategy', `must be one of ${MINING_STRATEGIES.join(', ')}, got ${JSON.stringify(strategy)}`);
  }
  const corpus = input.corpus ?? 'paired';
  if (!MINING_CORPORA.includes(corpus)) {
    refuse('corpus', `must be one of ${MINING_CORPORA.join(', ')}, got ${JSON.stringify(corpus)}`);
  }
  const spec: MiningSpec = {
    rangeMin: number('rangeMin') as number,
    rangeMax: number('rangeMax'),
    maxScore: number('maxScore'),
    minScore: number('minScore'),
    absoluteMargin: number('absoluteMargin'),
    relativeMargin: number('relativeMargin'),
    perQuery: number('perQuery') as number,
    corpus,
    strategy,
    excludeEqualLabels: input.excludeEqualLabels ?? true,
    judgeMargin: number('judgeMargin') as number,
    seed: number('seed') as number,
  };
  if (spec.minScore !== null && spec.maxScore !== null && spec.minScore > spec.maxScore) {
    refuse('minScore', `is ${spec.minScore}, above maxScore ${spec.maxScore}: nothing can lie between`);
  }
  return Object.freeze(spec);
}

const NULLABLE: ReadonlySet<NumberName> = new Set([
  'rangeMax',
  'maxScore',
  'minScore',
  'absoluteMargin',
  'relativeMargin',
]);

/**
 * Ranks to look at.
 * @param items items there are to rank
 * @throws QuartetError BAD_INPUT when the window reaches beyond the items, or holds fewer ranks than negatives are wanted
 */
export function windowOf({ rangeMin, rangeMax, perQuery }: MiningSpec, items: number): number {
  const last = rangeMax ?? Math.min(Math.max(DEFAULT_WINDOW, rangeMin + perQuery), items);
  if (last > items) {
    refuse('rangeMax', `is ${last}, but there are ${items} items to rank; take at most ${items}`);
  }
  const ranks = Math.max(0, last - rangeMin);
  if (ranks >= perQuery) return last;
  const window = ranks === 0 ? 'no rank' : `${ranks} ranks`;
  const remedy = 'lower rangeMin or perQuery, or raise rangeMax';
  return refuse(
    'rangeMin',
    `leaves ${window} (${rangeMin} < rank <= ${last} of ${items} items), fewer than the ${perQuery} negatives wanted of a query; ${remedy}`,
  );
}

function refuse(field: string, problem: string): never {
  throw new QuartetError('BAD_INPUT', `${field} ${problem}`, { field: ['input', field] });
}
