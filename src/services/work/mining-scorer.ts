import type { Snapshot } from '../../data/snapshot.ts';
import type { Content, Encoder } from '../../encoders/index.ts';
import type { VectorIndex } from '../../search-index/vector-index.ts';
import { contentsFor } from './contents.ts';
import type { QuerySide } from './training-data.ts';

/** Scores of item rows against one query, in their order. */
export type ScoresOf = (itemRows: ArrayLike<number>) => Promise<Float32Array>;

/** A block of queries, by one encoder. */
export interface ScoredBlock {
  /** shape [Q, D] */
  readonly vectors: Float32Array;
  /** One for each query. */
  readonly scorers: readonly ScoresOf[];
}

/** Item vectors kept beside those of an index: 50 MB at 256 dimensions. */
const KEPT = 50_000;
/** Rows encoded together. */
const ENCODED_AT_ONCE = 256;

export interface ScorerParts {
  readonly snapshot: Snapshot;
  readonly encoder: Encoder<Content>;
  /** Which rows are queries. */
  readonly side: QuerySide;
  /** Has the vectors of most items; null: all are encoded as they are asked for. */
  readonly index: VectorIndex | null;
}

/** Cosines by an encoder: whatever it reads, and whichever of its towers reads it. */
export function denseScorer({ snapshot, encoder, side, index }: ScorerParts) {
  const contents = contentsFor(encoder, snapshot);
  const { ids } = snapshot.items;
  const { dimensions } = encoder;
  const kept = new Map<number, Float32Array>();
  const vectorOf = (row: number): Float32Array | null => {
    const indexed = index?.rowOf(ids[row] as number) ?? null;
    return indexed !== null && index !== null ? index.vector(indexed) : (kept.get(row) ?? null);
  };

  return async (queryRows: Int32Array): Promise<ScoredBlock> => {
    const vectors = encoder.encode(await contents.read(side, queryRows), 'query');
    const scorers = Array.from(queryRows, (_, q): ScoresOf => {
      const query = vectors.subarray(q * dimensions, (q + 1) * dimensions);
      return async (rows) => {
        const scores = new Float32Array(rows.length);
        const unknown: number[] = [];
        for (let i = 0; i < rows.length; i++) {
          const vector = vectorOf(rows[i] as number);
          if (vector === null) unknown.push(i);
          else scores[i] = dot(query, vector);
        }
        for (let from = 0; from < unknown.length; from += ENCODED_AT_ONCE) {
          const some = unknown.slice(from, from + ENCODED_AT_ONCE);
          await keep(some.map((i) => rows[i] as number));
          for (const i of some) scores[i] = dot(query, kept.get(rows[i] as number) as Float32Array);
        }
        return scores;
      };
    });
    return { vectors, scorers };
  };

  async function keep(rows: readonly number[]): Promise<void> {
    if (kept.size + rows.length > KEPT) kept.clear();
    const encoded = encoder.encode(await contents.read('items', rows), 'item');
    for (const [i, row] of rows.entries()) kept.set(row, encoded.slice(i * dimensions, (i + 1) * dimensions));
  }
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
