import { createRandom } from '../../../src/platform/random.ts';
import type { VectorStorage } from '../../../src/search-index/graph.ts';
import { HnswBuilder } from '../../../src/search-index/hnsw.ts';
import { IndexWriter } from '../../../src/search-index/index-writer.ts';

/** Unit vectors around a few random centres, as embeddings of a real corpus lie. @returns shape [count, dimensions] */
export function clusteredVectors(count: number, dimensions: number, seed = 1): Float32Array {
  const random = createRandom(seed);
  const centres = Array.from({ length: 20 }, () => Array.from({ length: dimensions }, () => random.normal()));
  const vectors = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row++) {
    const centre = centres[random.int(centres.length)] as number[];
    const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    for (let i = 0; i < dimensions; i++) vector[i] = (centre[i] as number) + 0.7 * random.normal();
    normalise(vector);
  }
  return vectors;
}

export function normalise(vector: Float32Array): Float32Array {
  const norm = Math.hypot(...vector);
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] as number) / norm;
  return vector;
}

export function rowOf(vectors: Float32Array, dimensions: number, row: number): Float32Array {
  return vectors.subarray(row * dimensions, (row + 1) * dimensions);
}

export function buildGraph(
  vectors: Float32Array,
  dimensions: number,
  { m = 16, seed = 7, storage = 'float32' }: { m?: number; seed?: number; storage?: VectorStorage } = {},
): HnswBuilder {
  const count = vectors.length / dimensions;
  const builder = new HnswBuilder({ dimensions, capacity: count, m, efConstruction: 100, seed, storage });
  for (let row = 0; row < count; row++) builder.add(rowOf(vectors, dimensions, row), row);
  return builder;
}

/** Writes an artifact whose row r is item 10 r + 3. */
export async function writeIndex(
  dir: string,
  vectors: Float32Array,
  dimensions: number,
  m = 8,
  storage: VectorStorage = 'float32',
): Promise<void> {
  const count = vectors.length / dimensions;
  const builder = buildGraph(vectors, dimensions, { m, storage });
  const writer = await IndexWriter.open(dir, { dimensions, count, m });
  await writer.append(vectors);
  await writer.finish(
    builder,
    Int32Array.from({ length: count }, (_, row) => 10 * row + 3),
    {
      m,
      efConstruction: 100,
      efSearch: 64,
      seed: 7,
      encoderSha256: 'e'.repeat(64),
      datasetHash: 'd'.repeat(64),
      recallAt10: null,
      ...(storage === 'int8' ? { storage, recallLoss: 0 } : {}),
    },
  );
}
