import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/index.ts';
import { SnapshotWriter } from '../../src/data/snapshot-writer.ts';
import { learnModel } from '../../src/encoders/index.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { createRandom } from '../../src/platform/random.ts';
import { work as buildIndex } from '../../src/services/work/build-index.ts';
import { resolveTrainingConfig } from '../../src/training/defaults.ts';
import { loadTensors } from '../../src/training/tensors.ts';
import { mixtureRows } from '../vectors/mixture.ts';
import { type GroundSizes, groundIn } from './ground.ts';

/*
 * node bench/mining/prepare.ts DIR '{"items":…,"queries":…,"dimensions":…}': makes what is mined on, in a process of its own, so that the
 * one that mines shows what a mining needs. Items of a Gaussian mixture, written as they are drawn; for each query an item near which it
 * lies, which is its positive; an encoder that gives unit vectors back as they are; an index.
 */

/** Of the positive's vector, in a query's: queries lie near an item, so that it is among their nearest. */
const NEARNESS = 0.7;
const GRAPH = { m: 16, efConstruction: 100, efSearch: 128, seed: 1 } as const;
/** Rows drawn between two waits for the disk. */
const FLUSH_EVERY = 4_096;

const [dir, given] = process.argv.slice(2) as [string, string];
const { items, queries, dimensions }: GroundSizes = JSON.parse(given);
const { backend, logLevel, logJson } = loadConfig();
const logger = createLogger({ level: logLevel, json: logJson });
const { snapshotPath, encoderDir, indexDir, queryVectorsPath, factsPath } = groundIn(dir);

await rm(dir, { recursive: true, force: true });
await mkdir(dir, { recursive: true });
const { positives, asked } = await writeSnapshot();
const file = await open(queryVectorsPath, 'w');
await file.writeFile(new Uint8Array(asked.buffer));
await file.close();

const tensors = await loadTensors(backend, logger);
const config = resolveTrainingConfig({ encoder: { kind: 'vector-mlp', hidden: 8 } });
const model = learnModel(config.encoder, [asked.subarray(0, dimensions)], createRandom(1), tensors, config.optimizer);
await model.save(encoderDir, { runId: 'bench', datasetHash: '', config, metrics: null });
model.dispose();

const workDir = join(dir, 'work');
await mkdir(workDir);
const begun = performance.now();
const spec = { snapshotPath, encoderDir, ...GRAPH, storage: 'float32', targetRecall: null, backend } as const;
const built = await buildIndex(
  { ...spec, encoderSha256: '0'.repeat(64) },
  { signal: new AbortController().signal, workDir, logger, emit: async () => undefined },
);
await rename(built.indexDir, indexDir);
await rm(workDir, { recursive: true });
const indexSeconds = Math.round((performance.now() - begun) / 1_000);
await writeFile(factsPath, JSON.stringify({ indexSeconds, recallAt10: built.recallAt10, queries: positives.length }));
// TensorFlow's threads would keep the process for a while.
process.exit(0);

async function writeSnapshot() {
  const random = createRandom(2);
  const positives = Int32Array.from({ length: queries }, () => random.int(items));
  const byItem = Map.groupBy(positives.keys(), (q) => positives[q] as number);
  const asked = new Float32Array(queries * dimensions);
  const writer = await SnapshotWriter.create(snapshotPath, 'VECTOR');
  const bytes = (vector: Float32Array) => new Uint8Array(vector.slice().buffer);
  let row = 0;
  for (const vector of mixtureRows(items, dimensions)) {
    writer.addItem(row + 1, bytes(vector));
    for (const q of byItem.get(row) ?? []) nearTo(vector, q, asked.subarray(q * dimensions, (q + 1) * dimensions));
    if (++row % FLUSH_EVERY === 0) await writer.flush();
  }
  for (let q = 0; q < queries; q++) {
    writer.addQuery(q + 1, bytes(asked.subarray(q * dimensions, (q + 1) * dimensions)), 'TRAIN');
    if (q % FLUSH_EVERY === 0) await writer.flush();
  }
  for (const [q, item] of positives.entries()) writer.addRelevance(q, item, 1);
  await writer.finish();
  return { positives, asked };
}

/** Fills a query with a unit vector near another, by its own number alone. */
function nearTo(vector: Float32Array, q: number, query: Float32Array): void {
  const random = createRandom(1_000_000_000 + q);
  let squares = 0;
  for (let d = 0; d < dimensions; d++) {
    query[d] = NEARNESS * (vector[d] as number) + ((1 - NEARNESS) * random.normal()) / Math.sqrt(dimensions);
    squares += (query[d] as number) ** 2;
  }
  for (let d = 0; d < dimensions; d++) query[d] = (query[d] as number) / Math.sqrt(squares);
}
