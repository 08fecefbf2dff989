import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { encodePng } from '../../../src/data/images/png.ts';
import { SNAPSHOT_FILE } from '../../../src/data/snapshot.ts';
import { SnapshotWriter } from '../../../src/data/snapshot-writer.ts';
import type { ImagePixels } from '../../../src/domain/contents.ts';
import { silentLogger } from '../../../src/platform/logger.ts';
import { createRandom } from '../../../src/platform/random.ts';
import { work as train } from '../../../src/services/work/train.ts';
import { resolveTrainingConfig, type TrainingConfigInput } from '../../../src/training/defaults.ts';
import type { TrainingEvent } from '../../../src/training/events.ts';
import type { BackendChoice } from '../../../src/training/tensors.ts';

const backend = (process.env.QUARTET_BACKEND ?? 'auto') as BackendChoice;
const BATCH = 64;

export type Labelled = ImagePixels & { readonly label: string };

/** Bright shapes at any place and of any brightness before much dark, as photographs of things are: most of each image is in all. */
export function shapes(count: number): Labelled[] {
  const size = 12;
  const random = createRandom(8);
  const kinds = [
    (x: number, y: number) => Math.abs(x) < 4 && Math.abs(y) < 1.2,
    (x: number, y: number) => Math.abs(x) < 1.2 && Math.abs(y) < 4,
    (x: number, y: number) => Math.abs(Math.hypot(x, y) - 3) < 0.8,
    (x: number, y: number) => Math.abs(Math.abs(x) - Math.abs(y)) < 0.9 && Math.abs(x) < 4,
  ];
  return Array.from({ length: count }, (_, i) => {
    const [left, top, light] = [5 + 2 * random.next(), 5 + 2 * random.next(), 120 + random.int(136)];
    const inside = kinds[i % kinds.length]!;
    const pixels = Uint8Array.from({ length: size * size }, (_, at) => {
      return (inside((at % size) - left, Math.floor(at / size) - top) ? light : 0) * 0.9 + random.int(25);
    });
    return { width: size, height: size, channels: 1, pixels, label: String(i % kinds.length) };
  });
}

export async function trained(
  t: TestContext,
  images: readonly Labelled[],
  input: TrainingConfigInput,
  resume: { readonly dir: string } | null = null,
) {
  const dir = await mkdtemp(join(tmpdir(), 'quartet-images-'));
  t.after(() => rm(dir, { recursive: true }));
  const snapshotPath = join(dir, SNAPSHOT_FILE);
  const writer = await SnapshotWriter.create(snapshotPath, 'IMAGE');
  for (const [i, image] of images.entries()) writer.addItem(i + 1, encodePng(image), image.label);
  await writer.finish();
  const encoder = { kind: 'image-conv', filters: 8, dimensions: 32 } as const;
  const config = resolveTrainingConfig({ encoder, batchSize: BATCH, validationFraction: 0.25, ...input });
  const events: TrainingEvent[] = [];
  const workDir = join(dir, 'work');
  await mkdir(workDir);
  await train(
    { runId: 'run', config, snapshotPath, resume, checkpointsDir: join(dir, 'checkpoints'), backend },
    {
      emit: async (event) => void events.push(event),
      signal: new AbortController().signal,
      workDir,
      logger: silentLogger,
    },
  );
  const losses = events.flatMap((event) => (event.kind === 'step' ? [event.loss] : []));
  const ranks = events.flatMap((e) => (e.kind === 'diagnostics' ? (e.figures.effectiveRank ?? []) : []));
  const accuracies = events.flatMap((e) => (e.kind === 'evaluation' ? (e.metrics.knnAccuracy ?? []) : []));
  const checkpoint = events.find(({ kind }) => kind === 'checkpoint') as { step: number; dir: string } | undefined;
  return {
    loss: losses.at(-1)!,
    losses,
    checkpoint,
    ranks,
    accuracies,
    log: events.filter(({ kind }) => kind === 'log'),
  };
}

export interface ToldApart {
  readonly positives: 'augmentation' | 'label';
  readonly epochs: number;
  /** By how much the loss must be below that of no knowledge. */
  readonly below: number;
  /** Of kNN accuracy. */
  readonly gain: number;
}

/** That training makes of images neither one point nor noise. */
export async function requireToldApart(
  t: TestContext,
  images: readonly Labelled[],
  { positives, epochs, below, gain }: ToldApart,
): Promise<void> {
  const { loss, ranks, accuracies, log } = await trained(t, images, { positives, epochs });
  const [before, after] = [accuracies[0]!, accuracies.at(-1)!];
  t.diagnostic(`loss ${loss}, effective rank ${ranks}, kNN accuracy ${accuracies}`);
  assert.ok(loss < Math.log(BATCH) - below, `loss ${loss}, that of no knowledge is ${Math.log(BATCH)}`);
  assert.ok(after > before + gain, `kNN accuracy ${before} before, ${after} after`);
  assert.ok(ranks.at(-1)! > ranks[0]! / 2.5, `effective rank went from ${ranks[0]} to ${ranks.at(-1)}`);
  assert.ok(!JSON.stringify(log).includes('collapsing'), JSON.stringify(log));
}
