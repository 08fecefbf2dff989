import { createImageConv } from '../../src/encoders/image-conv/trainable.ts';
import { peakMemoryBytes } from '../../src/platform/peak-memory.ts';
import { createRandom } from '../../src/platform/random.ts';
import { resolveTrainingConfig } from '../../src/training/defaults.ts';
import { createParadigm } from '../../src/training/paradigms/index.ts';
import { loadTensors } from '../../src/training/tensors.ts';

export interface GradCacheTask {
  readonly batch: number;
  /** null: the whole batch at once. */
  readonly chunk: number | null;
  readonly filters: number;
  readonly backend: 'auto' | 'tensorflow' | 'wasm';
}

export interface GradCacheResult {
  readonly backend: string;
  /** Held before the first step: program, images, weights. */
  readonly startMiB: number;
  /** Most held beyond that during the steps. */
  readonly stepMiB: number;
  readonly secondsPerStep: number;
}

const SIZE = { height: 32, width: 32, channels: 3 } as const;
const STEPS = 1;
const MIB = 2 ** 20;

const { batch, chunk, filters, backend }: GradCacheTask = JSON.parse(process.argv[2] as string);
const tensors = await loadTensors(backend);
const random = createRandom(1);
const { paradigm: spec, optimizer } = resolveTrainingConfig({
  paradigm: { name: 'in-batch-negatives', gradCacheChunk: chunk },
});
const tower = createImageConv({ dimensions: 64, filters }, SIZE, random, tensors, optimizer);
const images = () =>
  Array.from({ length: batch }, () => {
    return Uint8Array.from({ length: SIZE.height * SIZE.width * SIZE.channels }, () => random.uint32());
  });
const [queries, keys] = [images(), images()];
const rows = Int32Array.from({ length: batch }, (_, row) => row);
const paradigm = createParadigm<Uint8Array>(spec, {
  tensors,
  queryTower: tower,
  keyTower: tower,
  positivesOf: (row) => Int32Array.of(row),
  negativesOf: () => new Int32Array(0),
  items: { count: batch, prepared: (row) => keys[row] as Uint8Array },
  seed: 1,
});
const start = process.memoryUsage.rss();
const begun = performance.now();
for (let step = 0; step < STEPS; step++) {
  paradigm.step({ queries, keys, queryRows: rows, keyRows: rows, progress: 0 });
  tower.applyGradients(1e-3);
}
const result: GradCacheResult = {
  backend: tensors.name,
  startMiB: Math.round(start / MIB),
  stepMiB: Math.round((peakMemoryBytes() - start) / MIB),
  secondsPerStep: Number(((performance.now() - begun) / STEPS / 1_000).toFixed(2)),
};
process.send?.(result, () => process.disconnect());
