import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSnapshot, SPLIT_CODES } from '../../src/data/snapshot.ts';
import { loadEncoder } from '../../src/encoders/index.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { contentsFor } from '../../src/services/work/contents.ts';
import { work as train } from '../../src/services/work/train.ts';
import { resolveTrainingConfig } from '../../src/training/defaults.ts';
import { snapshotOfPairs } from '../pairs-snapshot.ts';
import type { GraphTask } from './graph-task.ts';

const COLUMNS = { query: 'question', positive: 'answer', split: 'split' };

/** The answers of MedQuAD as an encoder of 128 dimensions embeds them that was trained on it for two epochs; searched with the test questions. */
export async function medquadTask(file: string): Promise<GraphTask> {
  const dir = await mkdtemp(join(tmpdir(), 'quartet-bench-medquad-'));
  try {
    const workDir = join(dir, 'work');
    await mkdir(workDir);
    const { path: snapshotPath } = await snapshotOfPairs(file, COLUMNS, dir);
    const config = resolveTrainingConfig({ encoder: { dimensions: 128 }, epochs: 2, validationFraction: 0 });
    const context = { emit: async () => {}, signal: new AbortController().signal, workDir, logger: silentLogger };
    const checkpointsDir = join(dir, 'checkpoints');
    const trained = await train({ runId: 'bench', config, snapshotPath, resume: null, checkpointsDir }, context);
    if (trained === 'paused') throw new Error('nobody paused it');
    const encoder = await loadEncoder(trained.encoderDir);
    const snapshot = await openSnapshot(snapshotPath);
    try {
      const contents = contentsFor(encoder, snapshot);
      const { items, queries } = snapshot;
      const rows = Array.from({ length: items.count }, (_, row) => row);
      const asked = Array.from({ length: queries.count }, (_, row) => row).filter(
        (row) => queries.splits[row] === SPLIT_CODES.TEST,
      );
      return {
        count: items.count,
        dimensions: encoder.dimensions,
        m: 16,
        efConstruction: 200,
        vectors: encoder.encode(await contents.read('items', rows), 'item'),
        queries: encoder.encode(await contents.read('queries', asked), 'query'),
      };
    } finally {
      snapshot.close();
    }
  } finally {
    await rm(dir, { recursive: true });
  }
}
