import { openSnapshot, type Snapshot } from '../../src/data/snapshot.ts';
import type { Content, Encoder } from '../../src/encoders/index.ts';
import { loadEncoder } from '../../src/encoders/index.ts';
import { resolveMining } from '../../src/mining/settings.ts';
import { VectorIndex } from '../../src/search-index/vector-index.ts';
import { mineInParts } from '../../src/services/work/mine-in-parts.ts';
import { BLOCK_QUERIES } from '../../src/services/work/mine-queries.ts';
import { denseSource } from '../../src/services/work/mining-source.ts';
import { type MiningTask, miningTask } from '../../src/services/work/mining-task.ts';
import type { Tensors } from '../../src/tensor/backend.ts';
import type { Ground } from './ground.ts';

export const WINDOW = 100;

/** Milliseconds each query took, of the clock and of all cores together. */
export interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

/** What is asked for the rates: open for as long as they are taken. */
export interface Rates {
  readonly ef: number;
  /** The index alone, asked for its `WINDOW` nearest of these queries. @param from position of the first query */
  raw(from: number, count: number): Promise<Cost>;
  /** The same queries mined, records written. @param by vectors as they are stored, or as the encoder makes them of what is stored */
  mined(from: number, count: number, by: 'stored' | 'encoder', workDir: string): Promise<Cost>;
  close(): Promise<void>;
}

/** Both ask the same index, with the same ef and as many threads, in the same blocks, of which two are under way at a time. */
export async function openRates(ground: Ground, queryVectors: Float32Array, tensors: Tensors): Promise<Rates> {
  const snapshot = await openSnapshot(ground.snapshotPath);
  const index = await VectorIndex.load(ground.indexDir);
  const task = miningTask(snapshot, 'relevance', []);
  const encoders = { stored: storedVectors(index.dimensions), encoder: await loadEncoder(ground.encoderDir, tensors) };
  const sources = {
    stored: sourceOf(snapshot, index, task, encoders.stored),
    encoder: sourceOf(snapshot, index, task, encoders.encoder),
  };
  const { dimensions } = index;
  const signal = new AbortController().signal;
  return {
    ef: index.card.efSearch,
    async raw(from, count) {
      const ask = async (at: number) => {
        const [first, last] = [at * dimensions, Math.min(from + count, at + BLOCK_QUERIES) * dimensions];
        await index.searchMany(queryVectors.subarray(first, last), WINDOW, null);
      };
      return await costOf(count, async () => {
        let before: Promise<void> = Promise.resolve();
        for (let at = from; at < from + count; at += BLOCK_QUERIES) {
          const next = ask(at);
          await before;
          before = next;
        }
        await before;
      });
    },
    async mined(from, count, by, workDir) {
      const some = { ...task, queryRows: task.queryRows.subarray(from, from + count) };
      const spec = resolveMining({ rangeMax: WINDOW });
      const parts = { spec, window: WINDOW, source: sources[by], judge: null, ids: snapshot.items.ids };
      const emit = async () => undefined;
      return await costOf(count, () => mineInParts({ task: some, ...parts }, { left: [], workDir, signal, emit }));
    },
    async close() {
      await index.release();
      snapshot.close();
    },
  };
}

function sourceOf(snapshot: Snapshot, index: VectorIndex, { side }: MiningTask, encoder: Encoder<Content>) {
  return denseSource({ snapshot, index, side, encoder });
}

/** Gives unit vectors back as they are. */
function storedVectors(dimensions: number): Encoder<Content> {
  return {
    kind: 'stored',
    reads: 'vector',
    dimensions,
    encode(vectors) {
      const rows = new Float32Array(vectors.length * dimensions);
      for (const [at, vector] of vectors.entries()) rows.set(vector as Float32Array, at * dimensions);
      return rows;
    },
  };
}

async function costOf(count: number, work: () => Promise<unknown>): Promise<Cost> {
  const [at, { user, system }] = [performance.now(), process.cpuUsage()];
  await work();
  const used = process.cpuUsage({ user, system });
  return { wall: (performance.now() - at) / count, cpu: (used.user + used.system) / 1_000 / count };
}
