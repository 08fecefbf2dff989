import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../src/config/index.ts';
import { NEGATIVES_FILE } from '../src/data/negatives-file.ts';
import { resolveMining } from '../src/mining/settings.ts';
import { sha256File } from '../src/platform/hash.ts';
import { createLogger } from '../src/platform/logger.ts';
import { peakMemoryBytes } from '../src/platform/peak-memory.ts';
import { type MineEvent, work as mine } from '../src/services/work/mine-negatives.ts';
import { loadTensors } from '../src/training/tensors.ts';
import { median } from './median.ts';
import { type Ground, prepareGround } from './mining/ground.ts';
import { type Cost, openRates, WINDOW } from './mining/rates.ts';
import type { Bench } from './run.ts';
import { round } from './vectors/graph-task.ts';

/** Rounds in which raw and mined rates are taken one after the other: what else the machine does meets both. */
const ROUNDS = 5;

/**
 * Queries mined a second against what the index alone answers when it is asked the same queries: the claim is at least 0.9. Both with the
 * same index, ef and threads, on all cores. `ratio` mines vectors as they are stored: encoding queries is part of a mining, but not of an
 * index's rate; `ratioWithEncoder` has a `vector-mlp` make them of what is stored. Medians of five rounds that take one after the other;
 * `ratioByCpuTime` is what to look at on a machine that others use too. 100,000 queries against 1,000,000 items of 128 dimensions, the 100
 * nearest of each looked at; `--quick`: a tenth.
 *
 * Before that one whole mining is run as the product does, from which memory and seconds are told, and once more with half of its parts
 * given back, as after a kill: only the rest is mined, and the file is the same. `--cache DIR` keeps data and index (1.6 GB of disk for a
 * million items, and the index takes minutes); the index takes 0.8 GB of memory, and 1.5 GB while it is built.
 */
export const bench: Bench = async (args, print) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      items: { type: 'string' },
      queries: { type: 'string' },
      dimensions: { type: 'string', default: '128' },
      cache: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  });
  const scale = values.quick ? 0.1 : 1;
  const sizes = {
    items: Number(values.items ?? 1_000_000 * scale),
    queries: Number(values.queries ?? 100_000 * scale),
    dimensions: Number(values.dimensions),
  };
  const dir = await mkdtemp(join(tmpdir(), 'quartet-bench-mining-'));
  try {
    const ground = await prepareGround(values.cache ?? dir, sizes);
    const whole = await mineNow(ground, join(dir, 'whole'), []);
    const peakMebibytes = round(peakMemoryBytes() / 2 ** 20);
    const rest = await mineNow(ground, join(dir, 'rest'), whole.parts.slice(0, whole.parts.length / 2));
    print({
      ...sizes,
      window: WINDOW,
      cores: availableParallelism(),
      ...(await ratios(ground, sizes.queries, dir)),
      wholeSeconds: round(whole.seconds),
      openingSeconds: round(whole.openingSeconds),
      peakMebibytes,
      candidates: whole.candidates,
      minedAgainAfterKill: rest.mined,
      sameAfterKill: rest.sha256 === whole.sha256,
      indexSeconds: ground.indexSeconds,
      recallAt10: ground.recallAt10,
      diskMebibytes: round(ground.bytes / 2 ** 20),
    });
  } finally {
    await rm(dir, { recursive: true });
  }
};

async function ratios(ground: Ground, queries: number, dir: string) {
  const bytes = await readFile(ground.queryVectorsPath);
  const vectors = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const rates = await openRates(ground, vectors, await loadTensors(...backend()));
  try {
    const each = Math.floor(queries / ROUNDS);
    // Not counted: what the compiler learns by the first.
    await rates.raw(0, Math.min(queries, 2_048));
    for (const by of ['stored', 'encoder'] as const) {
      await rates.mined(0, Math.min(queries, 2_048), by, join(dir, `first-${by}`));
    }
    const rounds: Record<'raw' | 'stored' | 'encoder', Cost>[] = [];
    for (let n = 0; n < ROUNDS; n++) {
      const from = n * each;
      // Half before and half after: a machine that gets slower or faster meanwhile favours neither.
      const first = await rates.raw(from, each);
      const stored = await rates.mined(from, each, 'stored', join(dir, `stored-${n}`));
      const encoder = await rates.mined(from, each, 'encoder', join(dir, `encoder-${n}`));
      const second = await rates.raw(from, each);
      const raw = { wall: (first.wall + second.wall) / 2, cpu: (first.cpu + second.cpu) / 2 };
      rounds.push({ raw, stored, encoder });
    }
    const usual = (of: (round: (typeof rounds)[number]) => number) => median(rounds.map(of));
    return {
      ef: rates.ef,
      rawPerSecond: round(usual(({ raw }) => 1_000 / raw.wall)),
      minedPerSecond: round(usual(({ stored }) => 1_000 / stored.wall)),
      ratio: round(
        usual(({ raw, stored }) => raw.wall / stored.wall),
        3,
      ),
      ratioByCpuTime: round(
        usual(({ raw, stored }) => raw.cpu / stored.cpu),
        3,
      ),
      ratioWithEncoder: round(
        usual(({ raw, encoder }) => raw.wall / encoder.wall),
        3,
      ),
      ratioWithEncoderByCpuTime: round(
        usual(({ raw, encoder }) => raw.cpu / encoder.cpu),
        3,
      ),
      rawCpuMillisecondsEach: round(
        usual(({ raw }) => raw.cpu),
        3,
      ),
      minedCpuMillisecondsEach: round(
        usual(({ stored }) => stored.cpu),
        3,
      ),
    };
  } finally {
    await rates.close();
  }
}

function backend() {
  const { backend, logLevel, logJson } = loadConfig();
  return [backend, createLogger({ level: logLevel, json: logJson })] as const;
}

/** @param left parts of an attempt before */
async function mineNow({ snapshotPath, indexDir, encoderDir }: Ground, dir: string, left: readonly string[]) {
  await mkdir(join(dir, 'kept'), { recursive: true });
  const parts: string[] = [];
  const [chosen, logger] = backend();
  const begun = performance.now();
  let opened = 0;
  let before = 0;
  let mined = 0;
  const emit = async ({ dir: part, done, total }: MineEvent) => {
    if (opened === 0) {
      opened = performance.now();
      before = left.length === 0 ? 0 : done - Math.min(1_024, total);
    }
    mined = done - before;
    // Taken away, as a worker does.
    const to = join(dir, 'kept', String(parts.length));
    await rename(part, to);
    parts.push(to);
  };
  const mining = resolveMining({ rangeMax: WINDOW });
  const sources = { source: 'encoder', encoderDir, indexDir, judgeDir: null } as const;
  const spec = { snapshotPath, mining, positives: 'relevance', ...sources, marked: [], parts: left } as const;
  const signal = new AbortController().signal;
  const found = await mine({ ...spec, backend: chosen }, { emit, signal, workDir: dir, logger });
  return {
    parts,
    mined,
    candidates: found.candidates,
    sha256: await sha256File(join(found.dir, NEGATIVES_FILE)),
    seconds: (performance.now() - begun) / 1_000,
    openingSeconds: (opened - begun) / 1_000,
  };
}
