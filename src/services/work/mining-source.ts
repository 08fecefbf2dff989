import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Snapshot } from '../../data/snapshot.ts';
import { Bm25Index } from '../../search-index/bm25.ts';
import type { Neighbours } from '../../search-index/nearest.ts';
import type { VectorIndex } from '../../search-index/vector-index.ts';
import { denseScorer, type ScorerParts, type ScoresOf } from './mining-scorer.ts';
import type { QuerySide } from './training-data.ts';

/** What retrieval finds for a block of queries. */
export interface RetrievedBlock {
  /** For each query item rows of a snapshot, best first, with their scores. */
  readonly of: readonly { readonly rows: ArrayLike<number>; readonly scores: ArrayLike<number> }[];
  /** Of any items, against the queries of the block. */
  readonly scoresOf: ScoresOf;
}

/** Gives the window of each query of a block. Bounded by what the block holds. */
export interface MiningSource {
  retrieve(queryRows: Int32Array, window: number): Promise<RetrievedBlock>;
}

export interface DenseParts extends ScorerParts {
  readonly index: VectorIndex;
}

/** Candidates from the index, a block at a time on all cores; scores by the encoder that made it: cosines. */
export function denseSource(parts: DenseParts): MiningSource {
  const { index, snapshot } = parts;
  const rowOf = rowsInSnapshot(index, snapshot.items.ids);
  const scored = denseScorer(parts);
  // Items that were deleted since the index was built take no rank; a few more are asked for in their place.
  const gone = rowOf.reduce((sum, row) => sum + (row < 0 ? 1 : 0), 0);
  const same = rowOf.every((row, at) => row === at);
  return {
    async retrieve(queryRows, window) {
      const { vectors, scoresOf } = await scored(queryRows);
      const answers = await index.searchMany(vectors, Math.min(index.count, window + gone), null);
      return { of: same ? answers : answers.map((answer) => inSnapshot(answer, rowOf, window)), scoresOf };
    },
  };
}

function inSnapshot(answer: Neighbours, rowOf: Int32Array, window: number): Neighbours {
  const length = Math.min(window, answer.rows.length);
  const [rows, scores] = [new Int32Array(length), new Float32Array(length)];
  let found = 0;
  for (let i = 0; i < answer.rows.length && found < length; i++) {
    const row = rowOf[answer.rows[i] as number] as number;
    if (row < 0) continue;
    rows[found] = row;
    scores[found++] = answer.scores[i] as number;
  }
  return { rows: rows.subarray(0, found), scores: scores.subarray(0, found) };
}

/** Searches by words between two turns of the event loop: each takes some milliseconds. */
const SEARCHES_PER_TURN = 16;

/** Candidates and scores by BM25, for a mining of texts without an encoder. */
export function lexicalSource(snapshot: Snapshot, side: QuerySide): MiningSource {
  const { items } = snapshot;
  const index = new Bm25Index(items.count, (row) => items.text(row));
  return {
    async retrieve(queryRows, window) {
      const texts = Array.from(queryRows, (queryRow) => snapshot[side].text(queryRow));
      const of: Neighbours[] = [];
      for (const [q, text] of texts.entries()) {
        if (q % SEARCHES_PER_TURN === 0) await nextTurn();
        of.push(index.search(text, window));
      }
      const scoresOf: ScoresOf = async (queries, rows) =>
        Float32Array.from(rows, (row, at) => {
          return index.score(texts[queries[at] as number] as string, items.text(row), row);
        });
      return { of, scoresOf };
    },
  };
}

/** Reciprocal ranks are added with this constant: Cormack, Clarke and Büttcher 2009. */
const RRF = 60;

/**
 * Candidates of both, in the order of their fused ranks (reciprocal rank fusion), scored by the encoder alone, so that margins mean
 * what they mean there.
 */
export function bothSource(parts: DenseParts): MiningSource {
  const dense = denseSource(parts);
  const lexical = lexicalSource(parts.snapshot, parts.side);
  return {
    async retrieve(queryRows, window) {
      const [near, alike] = [await dense.retrieve(queryRows, window), await lexical.retrieve(queryRows, window)];
      const { scoresOf } = near;
      const fused = near.of.map(({ rows }, q) => {
        return fusedRanks([rows, alike.of[q]?.rows ?? []]).slice(0, window);
      });
      const queries = Int32Array.from(fused.flatMap((rows, q) => rows.map(() => q)));
      const scores = await scoresOf(queries, Int32Array.from(fused.flat()));
      let end = 0;
      const of = fused.map((rows) => {
        end += rows.length;
        return { rows, scores: scores.subarray(end - rows.length, end) };
      });
      return { of, scoresOf };
    },
  };
}

/** @param ranked rows, best first @returns all of them, best first by the sum of their reciprocal ranks */
function fusedRanks(ranked: readonly ArrayLike<number>[]): number[] {
  const ranks = new Map<number, number>();
  for (const rows of ranked) {
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      ranks.set(row, (ranks.get(row) ?? 0) + 1 / (RRF + i + 1));
    }
  }
  return [...ranks.keys()].sort((a, b) => (ranks.get(b) as number) - (ranks.get(a) as number) || a - b);
}

/** Items of the snapshot that the index can find. */
export function foundBy(index: VectorIndex, { items }: Snapshot): number {
  return rowsInSnapshot(index, items.ids).reduce((sum, row) => sum + (row < 0 ? 0 : 1), 0);
}

/** @param ids of the snapshot's items, ascending. @returns by row of the index the row of the snapshot, -1 where it is gone */
function rowsInSnapshot(index: VectorIndex, ids: Int32Array): Int32Array {
  const rows = new Int32Array(index.count);
  // Both are ascending by id.
  let row = 0;
  for (let at = 0; at < index.count; at++) {
    const id = index.itemAt(at);
    while (row < ids.length && (ids[row] as number) < id) row++;
    rows[at] = ids[row] === id ? row : -1;
  }
  return rows;
}
