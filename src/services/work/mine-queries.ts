import type { MiningSpec } from '../../domain/mining.ts';
import { type MinedQuery, type Relation, type Selection, selectNegatives } from '../../mining/select.ts';
import { createRandom } from '../../platform/random.ts';
import type { ScoredBlock, ScoresOf } from './mining-scorer.ts';
import type { MiningSource } from './mining-source.ts';
import type { MiningTask } from './mining-task.ts';

/** Queries retrieved together, twice: while one block is looked at, the next is retrieved. That is all that a mining holds beside its source. */
const BLOCK = 512;
/** Positives that are scored to find the best one. Where a label has thousands, so many stand for all. */
const POSITIVES_SCORED = 32;

export interface Mined {
  readonly queryRow: number;
  /** null: nothing is known to answer it. */
  readonly found: { readonly query: MinedQuery; readonly selection: Selection } | null;
}

export interface MiningParts {
  readonly task: MiningTask;
  readonly spec: MiningSpec;
  /** Ranks looked at. */
  readonly window: number;
  readonly source: MiningSource;
  readonly judge: ((queryRows: Int32Array) => Promise<ScoredBlock>) | null;
}

/**
 * Mines one query after the other. Choices of a query depend on the seed and its row alone, so a mining may begin anywhere.
 * @param first position in `task.queryRows` to begin at
 */
export async function* mineQueries(parts: MiningParts, first: number): AsyncGenerator<Mined> {
  const { task, spec, judge } = parts;
  for await (const { rows, retrieved } of blocksOf(parts, first)) {
    const judged = (await judge?.(rows))?.scorers;
    for (const [q, queryRow] of rows.entries()) {
      const { rows: candidates, scores, scoresOf } = retrieved[q] as (typeof retrieved)[number];
      const positives = task.positivesOf(queryRow);
      if (positives.length === 0) {
        yield { queryRow, found: null };
        continue;
      }
      const best = await bestOf(positives, scoresOf);
      const judgeOf = judged?.[q];
      const query: MinedQuery = {
        rows: candidates,
        scores,
        positiveScore: best.score,
        isPaired: task.isPaired,
        relation: relationOf(task, queryRow, positives, best.row),
        ...(judgeOf === undefined
          ? {}
          : {
              judged: {
                scores: await judgeOf(candidates),
                positiveScore: (await bestOf(positives, judgeOf)).score,
              },
            }),
      };
      const random = createRandom((BigInt(queryRow) << 32n) | BigInt(spec.seed));
      yield { queryRow, found: { query, selection: selectNegatives(query, spec, random) } };
    }
  }
}

/** While one block is looked at the next is retrieved. Whoever stops early waits for that: the index may be freed only then. */
async function* blocksOf(parts: MiningParts, first: number) {
  let next = retrieveBlock(parts, first);
  try {
    for (let from = first; from < parts.task.queryRows.length; from += BLOCK) {
      const block = await next;
      next = retrieveBlock(parts, from + BLOCK);
      // An error is thrown when its turn comes.
      next.catch(() => undefined);
      yield block;
    }
  } finally {
    await next.catch(() => undefined);
  }
}

async function retrieveBlock({ task, source, window }: MiningParts, from: number) {
  const rows = task.queryRows.subarray(from, from + BLOCK);
  return { rows, retrieved: rows.length === 0 ? [] : await source.retrieve(rows, window) };
}

async function bestOf(positives: Int32Array, scoresOf: ScoresOf): Promise<{ row: number; score: number }> {
  const rows = positives.subarray(0, POSITIVES_SCORED);
  const scores = await scoresOf(rows);
  let best = 0;
  for (let i = 1; i < rows.length; i++) if ((scores[i] as number) > (scores[best] as number)) best = i;
  return { row: rows[best] as number, score: scores[best] as number };
}

function relationOf(
  { textKeys, textKeyOf, labels, selfOf, isMarked }: MiningTask,
  queryRow: number,
  positives: Int32Array,
  best: number,
): (row: number) => Relation {
  const known = new Set(positives);
  const texts = new Set([textKeyOf(queryRow), ...Array.from(positives, (row) => textKeys[row] as number)]);
  const ofPositives = new Set(Array.from(positives, (row) => labels[row] as number).filter((label) => label >= 0));
  const self = selfOf(queryRow);
  return (row) => {
    if (row === self) return 'self';
    if (row === best) return 'best-positive';
    if (known.has(row)) return 'other-positive';
    if (texts.has(textKeys[row] as number)) return 'equal-text';
    if (isMarked(queryRow, row)) return 'marked';
    return ofPositives.has(labels[row] as number) ? 'equal-label' : 'none';
  };
}
