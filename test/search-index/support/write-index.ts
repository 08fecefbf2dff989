/** Run as a process of its own, under a limit of file sizes: writes an index to the folder given, prints what it came to. */
import { QuartetError } from '../../../src/domain/errors.ts';
import { HnswBuilder } from '../../../src/search-index/hnsw.ts';
import { IndexWriter } from '../../../src/search-index/index-writer.ts';
import { clusteredVectors, rowOf } from './vectors.ts';

const [D, count, m] = [32, 2_000, 16];
const dir = process.argv[2] as string;
const vectors = clusteredVectors(count, D);
const graph = new HnswBuilder({ dimensions: D, capacity: count, m, efConstruction: 40, seed: 1 });
for (let row = 0; row < count; row++) graph.add(rowOf(vectors, D, row), row);
const ids = Int32Array.from({ length: count }, (_, row) => row + 1);
const facts = { m, efConstruction: 40, efSearch: 64, seed: 1, encoderSha256: '', datasetHash: '', recallAt10: null };
const writer = await IndexWriter.open(dir, { dimensions: D, count, m });
try {
  await writer.append(vectors);
  console.log('vectors');
  await writer.finish(graph, ids, facts);
  console.log('whole');
} catch (error) {
  await writer.discard();
  console.log(error instanceof QuartetError ? error.code : (error as Error).message);
}
