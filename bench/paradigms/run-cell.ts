import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { peakMemoryBytes } from '../../src/platform/peak-memory.ts';
import type { TrainingConfigInput } from '../../src/training/defaults.ts';
import { loadTensors } from '../../src/training/tensors.ts';
import { train } from '../../src/training/trainer.ts';
import type { Cell } from './cells.ts';
import { ARENAS, type DataName } from './data.ts';

/*
 * One cell of the table in a process of its own, so that its peak memory is its own: trains once for each seed.
 */

export interface CellTask {
  readonly data: DataName;
  readonly path: string;
  readonly cell: Cell;
  readonly seeds: readonly number[];
  readonly training: TrainingConfigInput;
  readonly backend: 'auto' | 'tensorflow' | 'wasm';
}

export interface CellResult {
  /** By seed. */
  readonly quality: readonly number[];
  readonly untrained: number;
  readonly steps: number;
  /** Of one training, the median over seeds. */
  readonly seconds: number;
  readonly peakMemoryMiB: number;
  /** Held before the first step: program, data, weights. */
  readonly startMemoryMiB: number;
}

const NEVER = 1_000_000_000;
const MIB = 2 ** 20;

const { data, path, cell, seeds, training, backend }: CellTask = JSON.parse(process.argv[2] as string);
const tensors = await loadTensors(backend);
const dir = await mkdtemp(join(tmpdir(), 'quartet-paradigms-'));
try {
  const prepare = await ARENAS[data].open(path, dir, tensors);
  const startMemoryMiB = Math.round(process.memoryUsage.rss() / MIB);
  let [untrained, steps] = [0, 0];
  const quality: number[] = [];
  const seconds: number[] = [];
  let peakMemoryMiB = 0;
  for (const seed of seeds) {
    const { batchSize, settings } = cell;
    const run = await prepare({ ...training, batchSize, paradigm: settings, seed, checkpointEvery: NEVER });
    if (seed === seeds[0]) untrained = await run.measure();
    const result = await train(run.task, {
      emit: async () => undefined,
      signal: new AbortController().signal,
      workDir: dir,
      checkpointsDir: join(dir, `checkpoints-${seed}`),
      resume: null,
    });
    peakMemoryMiB = Math.round(peakMemoryBytes() / MIB);
    quality.push(await run.measure());
    seconds.push(result.trainingSeconds);
    steps = result.steps;
    run.task.paradigm.dispose();
    run.dispose();
  }
  const median = seconds.toSorted((a, b) => a - b)[Math.floor(seconds.length / 2)] as number;
  const result: CellResult = { quality, untrained, steps, seconds: median, peakMemoryMiB, startMemoryMiB };
  process.send?.(result, () => process.disconnect());
} finally {
  await rm(dir, { recursive: true });
}
