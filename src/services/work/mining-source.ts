import type { Encoder } from '../../encoders/encoder.ts';
import { Bm25Index } from '../../search-index/bm25.ts';
import type { VectorIndex } from '../../search-index/vector-index.ts';

/** Item rows of a snapshot for one query, best first, with their scores. */
export interface Retrieved {
  readonly rows: ArrayLike<number>;
  readonly scores: ArrayLike<number>;
  /** Score of any item row against this query. */
  scoreOf(row: number): number;
}

/** Gives the window of each query of a block. Bounded by what the block holds. */
export interface MiningSource {
  retrieve(texts: readonly string[], window: number): Promise<Retrieved[]>;
}

interface Corpus {
  readonly count: number;
  /** Database ids by row, ascending. */
  readonly ids: Int32Array;
  text(row: number): string;
}

/** Candidates from the index, scores by the encoder that made it: cosines. */
export function denseSource(encoder: Encoder, index: VectorIndex, items: Corpus): MiningSource {
  const rowOfItem = rowsById(items.ids);
  const scorer = denseScorer(encoder, index, items);
  return {
    async retrieve(texts, window) {
      const scored = scorer(texts);
      const found: Retrieved[] = [];
      for (const { vector, scoreOf } of scored) {
        // Items that were deleted since the index was built take no rank; a few more are asked for in their place.
        const spare = Math.min(index.count, window + Math.max(0, index.count - items.count));
        const answer = await index.search(vector, spare, null);
        const rows: number[] = [];
        const scores: number[] = [];
        for (let i = 0; i < answer.rows.length && rows.length < window; i++) {
          const row = rowOfItem(index.itemAt(answer.rows[i] as number));
          if (row < 0) continue;
          rows.push(row);
          scores.push(answer.scores[i] as number);
        }
        found.push({ rows, scores, scoreOf });
      }
      return found;
    },
  };
}

/** Candidates and scores by BM25, for a mining without an encoder. */
export function lexicalSource(items: Corpus): MiningSource {
  const index = new Bm25Index(items.count, (row) => items.text(row));
  return {
    async retrieve(texts, window) {
      return texts.map((text) => {
        const { rows, scores } = index.search(text, window);
        return { rows, scores, scoreOf: (row) => index.score(text, items.text(row), row) };
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
export function bothSource(encoder: Encoder, index: VectorIndex, items: Corpus): MiningSource {
  const dense = denseSource(encoder, index, items);
  const lexical = lexicalSource(items);
  return {
    async retrieve(texts, window) {
      const [near, alike] = [await dense.retrieve(texts, window), await lexical.retrieve(texts, window)];
      return near.map((found, q) => {
        const fused = new Map<number, number>();
        for (const { rows } of [found, alike[q] as Retrieved]) {
          for (let i = 0; i < rows.length; i++) {
            const row = rows[i] as number;
            fused.set(row, (fused.get(row) ?? 0) + 1 / (RRF + i + 1));
          }
        }
        const rows = [...fused.keys()]
          .sort((a, b) => (fused.get(b) as number) - (fused.get(a) as number) || a - b)
          .slice(0, window);
        return { rows, scores: rows.map(found.scoreOf), scoreOf: found.scoreOf };
      });
    },
  };
}

/** Scores of a second encoder, which retrieves nothing. Vectors of items are computed as they are asked for. */
export function judgeOf(encoder: Encoder, items: Corpus): (texts: readonly string[]) => ((row: number) => number)[] {
  const scorer = denseScorer(encoder, null, items);
  return (texts) => scorer(texts).map(({ scoreOf }) => scoreOf);
}

/** Item vectors kept beside those of the index. */
const KEPT = 50_000;

function denseScorer(encoder: Encoder, index: VectorIndex | null, items: Corpus) {
  const kept = new Map<number, Float32Array>();
  const vectorOf = (row: number): Float32Array => {
    const indexed = index?.rowOf(items.ids[row] as number) ?? null;
    if (indexed !== null && index !== null) return index.vector(indexed);
    const known = kept.get(row);
    if (known !== undefined) return known;
    if (kept.size >= KEPT) kept.clear();
    const vector = encoder.encode([items.text(row)]);
    kept.set(row, vector);
    return vector;
  };
  return (texts: readonly string[]) => {
    const { dimensions } = encoder;
    const vectors = encoder.encode([...texts]);
    return texts.map((_, q) => {
      const vector = vectors.slice(q * dimensions, (q + 1) * dimensions);
      return { vector, scoreOf: (row: number) => dot(vector, vectorOf(row)) };
    });
  };
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** @returns from an item's id to its row, -1 for one that is not there */
function rowsById(ids: Int32Array): (id: number) => number {
  return (id) => {
    let low = 0;
    let high = ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ids[middle] as number) < id) low = middle + 1;
      else high = middle;
    }
    return ids[low] === id ? low : -1;
  };
}
