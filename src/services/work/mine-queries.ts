import type { MiningSpec } from '../../domain/mining.ts';
import { type MinedQuery, type Selection, selectNegatives } from '../../mining/select.ts';
import { createRandom } from '../../platform/random.ts';
import { relationsBetween } from './mining-relations.ts';
import type { ScoresOf } from './mining-scorer.ts';
import type { MiningSource, RetrievedBlock } from './mining-source.ts';
import type { MiningTask } from './mining-task.ts';

/** Queries retrieved together. */
export const BLOCK_QUERIES = 512;
/**
 * Blocks retrieved ahead of the one that is looked at. Two: while a search ends and the next queries are encoded, the cores have the
 * search after it. Blocks are all that a mining holds beside its source.
 */
const AHEAD = 2;
/** Positives that are scored to find the best one. Where a label has thousands, so many stand for all. */
const POSITIVES_SCORED = 32;

export type MinedCandidates = Pick<MinedQuery, 'rows' | 'scores' | 'positiveScore'>;

export interface Mined {
  readonly queryRow: number;
  /** null: nothing is known to answer it. */
  readonly found: { readonly query: MinedCandidates; readonly selection: Selection } | null;
}

export interface MiningParts {
  readonly task: MiningTask;
  readonly spec: MiningSpec;
  /** Ranks looked at. */
  readonly window: number;
  readonly source: MiningSource;
  readonly judge: ((queryRows: Int32Array) => Promise<ScoresOf>) | null;
}

/**
 * Mines block by block, queries in order. Choices of a query depend on the seed and its row alone, so a mining may begin anywhere.
 * @param first position in `task.queryRows` to begin at
 */
export async function* mineQueries(parts: MiningParts, first: number): AsyncGenerator<readonly Mined[]> {
  const { task, spec, judge } = parts;
  const relationsOf = relationsBetween(task);
  for await (const { rows, retrieved } of blocksOf(parts, first)) {
    const positives = Array.from(rows, (row) => task.positivesOf(row));
    const best = await bestOf(positives, retrieved.scoresOf);
    const judged = judge === null ? null : await judgedBy(await judge(rows), retrieved, positives);
    const fates = new Uint8Array(retrieved.of.reduce((sum, { rows }) => sum + rows.length, 0));
    let end = 0;
    yield positives.map((known, q): Mined => {
      const queryRow = rows[q] as number;
      if (known.length === 0) return { queryRow, found: null };
      const candidates = retrieved.of[q] as MinedCandidates;
      const { row, score: positiveScore } = best(q);
      const query: MinedQuery = {
        rows: candidates.rows,
        scores: candidates.scores,
        positiveScore,
        ...relationsOf({ queryRow, positives: known, best: row }, candidates.rows),
        ...(judged === null ? {} : { judged: judged(q) }),
      };
      end += candidates.rows.length;
      const into = fates.subarray(end - candidates.rows.length, end);
      const random = () => createRandom((BigInt(queryRow) << 32n) | BigInt(spec.seed));
      const selection = selectNegatives(query, spec, random, into);
      return { queryRow, found: { query: { rows: query.rows, scores: query.scores, positiveScore }, selection } };
    });
  }
}

/** While a block is looked at the next ones are retrieved. Whoever stops early waits for these: the index may be freed only then. */
async function* blocksOf(parts: MiningParts, first: number) {
  const { length } = parts.task.queryRows;
  const underWay: ReturnType<typeof retrieveBlock>[] = [];
  let next = first;
  const retrieveAhead = () => {
    for (; underWay.length < AHEAD && next < length; next += BLOCK_QUERIES) {
      const block = retrieveBlock(parts, next);
      // An error is thrown when its turn comes.
      block.catch(() => undefined);
      underWay.push(block);
    }
  };
  try {
    retrieveAhead();
    for (let block = underWay.shift(); block !== undefined; block = underWay.shift()) {
      const ready = await block;
      retrieveAhead();
      yield ready;
    }
  } finally {
    await Promise.allSettled(underWay);
  }
}

async function retrieveBlock({ task, source, window }: MiningParts, from: number) {
  const rows = task.queryRows.subarray(from, from + BLOCK_QUERIES);
  return { rows, retrieved: await source.retrieve(rows, window) };
}

/** @returns for each query the best of its positives and its score */
async function bestOf(positives: readonly Int32Array[], scoresOf: ScoresOf) {
  const some = positives.map((rows) => rows.subarray(0, POSITIVES_SCORED));
  const { queries, rows, offsets } = pairsOf(some);
  const scores = await scoresOf(queries, rows);
  return (q: number): { row: number; score: number } => {
    let best = offsets[q] as number;
    for (let at = best + 1; at < (offsets[q + 1] as number); at++) {
      if ((scores[at] as number) > (scores[best] as number)) best = at;
    }
    return { row: rows[best] as number, score: scores[best] as number };
  };
}

async function judgedBy(judge: ScoresOf, { of }: RetrievedBlock, positives: readonly Int32Array[]) {
  const { queries, rows, offsets } = pairsOf(of.map((candidates) => candidates.rows));
  const scores = await judge(queries, rows);
  const best = await bestOf(positives, judge);
  return (q: number) => ({ scores: scores.subarray(offsets[q], offsets[q + 1]), positiveScore: best(q).score });
}

/** Rows of each query one after another, with the position of the query beside each. */
function pairsOf(of: readonly ArrayLike<number>[]) {
  const offsets = new Int32Array(of.length + 1);
  for (const [q, rows] of of.entries()) offsets[q + 1] = (offsets[q] as number) + rows.length;
  const total = offsets[of.length] as number;
  const [queries, all] = [new Int32Array(total), new Int32Array(total)];
  for (const [q, rows] of of.entries()) {
    all.set(rows, offsets[q]);
    queries.fill(q, offsets[q], offsets[q + 1]);
  }
  return { queries, rows: all, offsets };
}
