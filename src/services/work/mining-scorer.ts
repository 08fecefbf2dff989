import type { Snapshot } from '../../data/snapshot.ts';
import type { Content, Encoder } from '../../encoders/index.ts';
import type { VectorIndex } from '../../search-index/vector-index.ts';
import { contentsFor } from './contents.ts';
import type { QuerySide } from './training-data.ts';

/** Scores of pairs, in their order: query (its position in the block) and item row. */
export type ScoresOf = (queries: Int32Array, itemRows: Int32Array) => Promise<Float32Array>;

/** A block of queries, by one encoder. */
export interface ScoredBlock {
  /** shape [Q, D] */
  readonly vectors: Float32Array;
  readonly scoresOf: ScoresOf;
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
    const scoresOf: ScoresOf = async (queries, rows) => {
      const scores = new Float32Array(rows.length);
      const score = (at: number, vector: Float32Array) => {
        scores[at] = dot(vectors, (queries[at] as number) * dimensions, vector);
      };
      // Pairs whose items have no vector yet, and these items: encoded some hundreds at a time.
      let waiting: number[] = [];
      const unknown = new Set<number>();
      const encodeWaiting = async () => {
        const encoded = await encode([...unknown]);
        for (const at of waiting) score(at, encoded.get(rows[at] as number) as Float32Array);
        waiting = [];
        unknown.clear();
      };
      for (let at = 0; at < rows.length; at++) {
        const vector = vectorOf(rows[at] as number);
        if (vector !== null) {
          score(at, vector);
          continue;
        }
        waiting.push(at);
        unknown.add(rows[at] as number);
        if (unknown.size === ENCODED_AT_ONCE) await encodeWaiting();
      }
      if (waiting.length > 0) await encodeWaiting();
      return scores;
    };
    return { vectors, scoresOf };
  };

  /** @returns the vectors by row, which may be let go of by whoever comes next */
  async function encode(rows: readonly number[]): Promise<ReadonlyMap<number, Float32Array>> {
    const encoded = encoder.encode(await contents.read('items', rows), 'item');
    const byRow = new Map(rows.map((row, i) => [row, encoded.slice(i * dimensions, (i + 1) * dimensions)]));
    if (kept.size + rows.length > KEPT) kept.clear();
    for (const [row, vector] of byRow) kept.set(row, vector);
    return byRow;
  }
}

function dot(all: Float32Array, from: number, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < b.length; i++) sum += (all[from + i] as number) * (b[i] as number);
  return sum;
}
