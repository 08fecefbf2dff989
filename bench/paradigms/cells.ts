import type { TrainingConfigInput } from '../../src/training/defaults.ts';

/** Negatives of each query: so many, or every item that may be one. */
export type Negatives = number | 'all';
type Paradigm = NonNullable<TrainingConfigInput['paradigm']>;

/** One training to measure. */
export interface Cell {
  readonly paradigm: NonNullable<Paradigm['name']>;
  readonly negatives: Negatives;
  /** What is unusual about it; absent in the table proper. */
  readonly variant?: string;
  readonly batchSize: number;
  readonly settings: Paradigm;
}

export interface Grid {
  /** Pairs a batch where the number of negatives does not decide it. */
  readonly batchSize: number;
  readonly temperature: number;
  /** m of the momentum encoder: a run of some hundred steps wants less than the 0.999 of long ones. */
  readonly momentum: number;
  /** Most negatives that end-to-end may encode in a step, before a run takes too long. */
  readonly mostEncoded: number;
  /**
   * Up to here each query has a draw of its own. More are drawn once for the whole batch, or a step would encode all items; the bank does
   * alike, so that it differs in nothing but where the vectors come from.
   */
  readonly ownDraws: number;
  /** In-batch negatives: below, steps are so many that a run takes too long, above, so few that nothing is learned in them. */
  readonly leastInBatch: number;
  readonly mostInBatch: number;
}

export const COUNTS: readonly Negatives[] = [1, 16, 256, 4_096, 'all'];
const EVERY = 1_048_576;
const MOST_END_TO_END = 65_536;
/** Larger batches go through the encoder in pieces (GradCache). */
const CHUNK = 512;

/**
 * Paradigm x number of negatives, and then, at 4,096, how old or inconsistent negatives may be: the queue's keys of an encoder that moves at
 * once (m = 0), slower, and hardly at all; the bank with each way to begin and its other losses.
 */
export function cellsOf(grid: Grid): readonly Cell[] {
  const { temperature, momentum } = grid;
  const limit = (negatives: Negatives) => (negatives === 'all' ? EVERY : negatives);
  const inBatch = (negatives: Negatives): Cell => {
    const batchSize = negatives === 'all' ? 65_536 : negatives + 1;
    const settings = { temperature, gradCacheChunk: batchSize > 2 * CHUNK ? CHUNK : null };
    return cell('in-batch-negatives', negatives, settings, batchSize);
  };
  const endToEnd = (negatives: Negatives): Cell =>
    cell('end-to-end', negatives, {
      temperature,
      negatives: Math.min(MOST_END_TO_END, limit(negatives)),
      shareNegatives: limit(negatives) > grid.ownDraws,
    });
  const bank = (negatives: Negatives): Cell =>
    cell('memory-bank', negatives, {
      temperature,
      ...(negatives === 'all'
        ? { loss: 'full-softmax' }
        : { loss: 'sampled-info-nce', negatives, shareNegatives: negatives > grid.ownDraws }),
    });
  const queue = (negatives: Negatives, own: Paradigm = {}): Cell =>
    cell('momentum-encoder', negatives, {
      temperature,
      queueSize: limit(negatives),
      momentum,
      symmetric: false,
      ...own,
    } as Paradigm);
  return [
    ...COUNTS.filter((count) => limit(count) >= grid.leastInBatch && limit(count) <= grid.mostInBatch).map(inBatch),
    ...COUNTS.filter((count) => limit(count) <= grid.mostEncoded).map(endToEnd),
    ...COUNTS.map(bank),
    ...COUNTS.map((count) => queue(count)),
    ...[0, 0.9, 0.999].map((m) => ({ ...queue(4_096, { momentum: m }), variant: `m = ${m}` })),
    {
      ...bank(4_096),
      variant: 'random start',
      settings: { ...bank(4_096).settings, initialise: 'random' } as Paradigm,
    },
    { ...bank(4_096), variant: 'NCE', settings: { ...bank(4_096).settings, loss: 'nce' } as Paradigm },
  ];

  function cell(paradigm: Cell['paradigm'], negatives: Negatives, own: Paradigm, batchSize = grid.batchSize): Cell {
    return { paradigm, negatives, batchSize, settings: { name: paradigm, ...own } as Paradigm };
  }
}

/** For a first look: the ends of each row, and m = 0. */
export function fewOf(cells: readonly Cell[]): readonly Cell[] {
  return cells.filter(({ paradigm, negatives, variant }) =>
    variant === undefined
      ? negatives === 16 || negatives === 256 || (negatives === 4_096 && stored(paradigm))
      : variant === 'm = 0',
  );
}

function stored(paradigm: Cell['paradigm']): boolean {
  return paradigm === 'memory-bank' || paradigm === 'momentum-encoder';
}
