import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { loadConfig } from '../../src/config/index.ts';
import { SNAPSHOT_FILE } from '../../src/data/snapshot.ts';
import { SnapshotWriter } from '../../src/data/snapshot-writer.ts';
import { learnModel } from '../../src/encoders/index.ts';
import type { Logger } from '../../src/platform/logger.ts';
import { createRandom } from '../../src/platform/random.ts';
import { VectorIndex } from '../../src/search-index/vector-index.ts';
import { work as buildIndex } from '../../src/services/work/build-index.ts';
import { resolveTrainingConfig } from '../../src/training/defaults.ts';
import { loadTensors } from '../../src/training/tensors.ts';
import { mixture } from '../vectors/mixture.ts';

export interface GroundSizes {
  readonly items: number;
  readonly queries: number;
  readonly dimensions: number;
}

/** What is mined on. */
export interface Ground {
  readonly dimensions: number;
  readonly snapshotPath: string;
  readonly encoderDir: string;
  readonly indexDir: string;
  /** As the encoder gives them, shape [Q, D]. */
  readonly queryVectors: Float32Array;
  readonly indexSeconds: number;
  readonly indexBytes: number;
}

/** Of a candidate's vector, in a query's: queries lie near an item, so that it is among their nearest. */
const NEARNESS = 0.7;

/**
 * Items of a Gaussian mixture, and for each query an item near which it lies and which is its positive; an encoder that gives vectors
 * back as they are; an index. Made once for each size in the folder.
 */
export async function prepareGround(
  cache: string,
  sizes: GroundSizes,
  { backend, logger }: { readonly backend: ReturnType<typeof loadConfig>['backend']; readonly logger: Logger },
): Promise<Ground> {
  const { items, queries, dimensions } = sizes;
  const dir = join(cache, `mining-${items}-${queries}-${dimensions}`);
  const done = join(dir, 'done.json');
  const known = await readFile(done, 'utf8').catch(() => null);
  const [snapshotPath, encoderDir, indexDir] = [join(dir, SNAPSHOT_FILE), join(dir, 'encoder'), join(dir, 'index')];
  const random = createRandom(2);
  const vectors = mixture(items, dimensions);
  const positives = Int32Array.from({ length: queries }, () => random.int(items));
  const asked = new Float32Array(queries * dimensions);
  for (let q = 0; q < queries; q++) {
    const query = asked.subarray(q * dimensions, (q + 1) * dimensions);
    const from = (positives[q] as number) * dimensions;
    for (let d = 0; d < dimensions; d++) {
      query[d] = NEARNESS * (vectors[from + d] as number) + ((1 - NEARNESS) * random.normal()) / Math.sqrt(dimensions);
    }
  }
  const tensors = await loadTensors(backend, logger);
  const spec = resolveTrainingConfig({ encoder: { kind: 'vector-mlp', hidden: 8 } });
  const rowOf = (all: Float32Array, row: number) => all.subarray(row * dimensions, (row + 1) * dimensions);
  const model = learnModel(spec.encoder, [rowOf(vectors, 0)], createRandom(1), tensors, spec.optimizer);
  const queryVectors = new Float32Array(asked.length);
  for (let q = 0; q < queries; q += 512) {
    const prepared = Array.from({ length: Math.min(512, queries - q) }, (_, i) => model.prepare(rowOf(asked, q + i)));
    queryVectors.set(model.tower.encodePrepared(prepared), q * dimensions);
  }
  let seconds = known === null ? 0 : (JSON.parse(known) as { seconds: number }).seconds;
  if (known === null) {
    await rm(dir, { recursive: true, force: true });
    await mkdir(dir, { recursive: true });
    const writer = await SnapshotWriter.create(snapshotPath, 'VECTOR');
    const bytes = (all: Float32Array, row: number) => new Uint8Array(rowOf(all, row).slice().buffer);
    for (let row = 0; row < items; row++) writer.addItem(row + 1, bytes(vectors, row));
    for (let q = 0; q < queries; q++) writer.addQuery(q + 1, bytes(asked, q), 'TRAIN');
    for (let q = 0; q < queries; q++) writer.addRelevance(q, positives[q] as number, 1);
    await writer.finish();
    await model.save(encoderDir, { runId: 'bench', datasetHash: '', config: spec, metrics: null });
    const workDir = join(dir, 'work');
    await mkdir(workDir);
    const begun = performance.now();
    const sizesOfGraph = { m: 16, efConstruction: 100, efSearch: 128, seed: 1 };
    const parameters = {
      ...sizesOfGraph,
      storage: 'float32',
      targetRecall: null,
      encoderSha256: '0'.repeat(64),
      backend,
    } as const;
    const signal = new AbortController().signal;
    const context = { signal, workDir, logger, emit: async () => undefined };
    const built = await buildIndex({ snapshotPath, encoderDir, ...parameters }, context);
    seconds = Math.round((performance.now() - begun) / 1_000);
    await rename(built.indexDir, indexDir);
    await rm(workDir, { recursive: true });
    await writeFile(done, JSON.stringify({ seconds, recallAt10: built.recallAt10 }));
  }
  model.dispose();
  const index = await VectorIndex.load(indexDir);
  const indexBytes = index.bytes;
  await index.release();
  return { dimensions, snapshotPath, encoderDir, indexDir, queryVectors, indexSeconds: seconds, indexBytes };
}
