import type { Snapshot } from '../../data/snapshot.ts';
import { Bm25Index } from '../../search-index/bm25.ts';
import type { VectorIndex } from '../../search-index/vector-index.ts';
import { denseScorer, type ScorerParts, type ScoresOf } from './mining-scorer.ts';
import type { QuerySide } from './training-data.ts';

/** Item rows of a snapshot for one query, best first, with their scores. */
export interface Retrieved {
  readonly rows: ArrayLike<number>;
  readonly scores: ArrayLike<number>;
  /** Of any item rows, against this query. */
  readonly scoresOf: ScoresOf;
}

/** Gives the window of each query of a block. Bounded by what the block holds. */
export interface MiningSource {
  retrieve(queryRows: Int32Array, window: number): Promise<Retrieved[]>;
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
  return {
    async retrieve(queryRows, window) {
      const { vectors, scorers } = await scored(queryRows);
      const answers = await index.searchMany(vectors, Math.min(index.count, window + gone), null);
      return answers.map((answer, q) => {
        const length = Math.min(window, answer.rows.length);
        const [rows, scores] = [new Int32Array(length), new Float32Array(length)];
        let found = 0;
        for (let i = 0; i < answer.rows.length && found < length; i++) {
          const row = rowOf[answer.rows[i] as number] as number;
          if (row < 0) continue;
          rows[found] = row;
          scores[found++] = answer.scores[i] as number;
        }
        return { rows: rows.subarray(0, found), scores: scores.subarray(0, found), scoresOf: scorers[q] as ScoresOf };
      });
    },
  };
}

/** Candidates and scores by BM25, for a mining of texts without an encoder. */
export function lexicalSource(snapshot: Snapshot, side: QuerySide): MiningSource {
  const { items } = snapshot;
  const index = new Bm25Index(items.count, (row) => items.text(row));
  return {
    async retrieve(queryRows, window) {
      return Array.from(queryRows, (queryRow) => {
        const text = snapshot[side].text(queryRow);
        const { rows, scores } = index.search(text, window);
        const scoresOf: ScoresOf = async (itemRows) =>
          Float32Array.from(itemRows, (row) => index.score(text, items.text(row), row));
        return { rows, scores, scoresOf };
      });
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
      const fused: Retrieved[] = [];
      for (const [q, found] of near.entries()) {
        const ranks = new Map<number, number>();
        for (const { rows } of [found, alike[q] as Retrieved]) {
          for (let i = 0; i < rows.length; i++) {
            const row = rows[i] as number;
            ranks.set(row, (ranks.get(row) ?? 0) + 1 / (RRF + i + 1));
          }
        }
        const rows = [...ranks.keys()]
          .sort((a, b) => (ranks.get(b) as number) - (ranks.get(a) as number) || a - b)
          .slice(0, window);
        fused.push({ rows, scores: await found.scoresOf(rows), scoresOf: found.scoresOf });
      }
      return fused;
    },
  };
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
