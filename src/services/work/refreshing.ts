import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Snapshot } from '../../data/snapshot.ts';
import type { RefreshSpec } from '../../domain/training.ts';
import { writeFileAtomic } from '../../platform/atomic-file.ts';
import type { TrainingEvent } from '../../training/events.ts';
import { type PlannedRefresh, planRefreshes } from '../../training/refresh-schedule.ts';
import { type GivenNegatives, withMinedNegatives } from './mined-negatives.ts';
import type { TrainingData } from './training-data.ts';

/** Between two looks whether a mining is done. */
const LOOK_MS = 50;

/** Hands negatives to a run that goes on. @param dir the `refreshesDir` of its child */
export async function handOver(dir: string, number: number, given: GivenNegatives): Promise<void> {
  await writeFileAtomic(join(dir, `${number}.json`), JSON.stringify(given));
}

export interface RefreshingParts {
  readonly refresh: RefreshSpec;
  readonly data: TrainingData;
  readonly snapshot: Snapshot;
  /** Where `handOver` puts what was mined. */
  readonly dir: string;
  /** For encoders that are given out. */
  readonly workDir: string;
  readonly signal: AbortSignal;
  emit(event: TrainingEvent): Promise<void>;
  /** Saves the encoder with its present weights. */
  save(dir: string): Promise<unknown>;
}

export interface Refreshing {
  /** With the negatives of the present step. */
  readonly data: TrainingData;
  beforeStep(step: number, totalSteps: number): Promise<void>;
}

/**
 * Mining while a run trains (ANCE, 2007.00808, section 4): at planned steps the encoder as it is then is given out, and at planned later
 * ones the negatives that somebody has mined with it come in. In between the run goes on; where they are not ready yet it waits.
 */
export function createRefreshing(parts: RefreshingParts): Refreshing {
  const { refresh, data, snapshot, dir, workDir, signal, emit, save } = parts;
  let present = data;
  let taken = 0;

  return {
    data: { ...data, negativesOf: (row) => present.negativesOf(row) },
    async beforeStep(step, totalSteps) {
      const planned = planRefreshes(refresh, totalSteps);
      const begins = planned.find(({ minedAt }) => minedAt === step);
      if (begins !== undefined) await giveOut(begins);
      const due = planned.findLast(({ takenAt }) => takenAt <= step);
      if (due === undefined || due.number === taken) return;
      present = await withMinedNegatives(data, snapshot, await handedOver(due.number));
      taken = due.number;
      if (due.takenAt !== step) return;
      const message = `step ${step}: negatives mined with the encoder of step ${due.minedAt} come in`;
      await emit({ kind: 'log', level: 'info', message });
    },
  };

  async function giveOut({ number, minedAt }: PlannedRefresh): Promise<void> {
    const encoderDir = join(workDir, `refresh-${number}`);
    await save(encoderDir);
    await emit({ kind: 'refresh', number, step: minedAt, encoderDir });
  }

  async function handedOver(number: number): Promise<GivenNegatives> {
    for (;;) {
      signal.throwIfAborted();
      const text = await readFile(join(dir, `${number}.json`), 'utf8').catch(nullIfMissing);
      if (text !== null) return JSON.parse(text);
      await sleep(LOOK_MS);
    }
  }
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
