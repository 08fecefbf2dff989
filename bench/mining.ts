import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../src/config/index.ts';
import { resolveMining } from '../src/mining/settings.ts';
import { createLogger } from '../src/platform/logger.ts';
import { peakMemoryBytes } from '../src/platform/peak-memory.ts';
import { VectorIndex } from '../src/search-index/vector-index.ts';
import { type MineEvent, work as mine } from '../src/services/work/mine-negatives.ts';
import { type Ground, prepareGround } from './mining/ground.ts';
import type { Bench } from './run.ts';
import { round } from './vectors/graph-task.ts';

/** Queries that both are asked together. */
const BLOCK = 512;
const WINDOW = 100;

/**
 * Queries mined a second against what the index alone answers when it is asked the same queries in blocks, on the same cores: the claim is
 * at least 0.9. 100,000 queries against 1,000,000 items of 128 dimensions, the 100 nearest of each looked at; `--quick`: a tenth. The rate
 * is that between parts (1,024 queries), so opening the files is left out; it is told beside. Half of the parts are kept and given back,
 * as after a kill, to show that only the rest is mined. `--cache DIR` keeps data and index: the index takes minutes.
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
  const items = Number(values.items ?? 1_000_000 * scale);
  const queries = Number(values.queries ?? 100_000 * scale);
  const { backend, logLevel, logJson } = loadConfig();
  const logger = createLogger({ level: logLevel, json: logJson });
  const dir = await mkdtemp(join(tmpdir(), 'quartet-bench-mining-'));
  try {
    const sizes = { items, queries, dimensions: Number(values.dimensions) };
    const ground = await prepareGround(values.cache ?? dir, sizes, { backend, logger });
    const before = await rawRate(ground);
    const mined = await mineNow(ground, { dir: join(dir, 'whole'), parts: [], backend, logger });
    const after = await rawRate(ground);
    const rawPerSecond = (before.perSecond + after.perSecond) / 2;
    const rawMillisecondsOfCpu = (before.cpu + after.cpu) / 2;
    const rest = await mineNow(ground, {
      dir: join(dir, 'rest'),
      parts: mined.parts.slice(0, mined.parts.length / 2),
      backend,
      logger,
    });
    print({
      ...sizes,
      window: WINDOW,
      indexSeconds: ground.indexSeconds,
      rawPerSecond: round(rawPerSecond),
      minedPerSecond: round(mined.perSecond),
      ratio: round(mined.perSecond / rawPerSecond, 3),
      // On a machine that others use too, what to trust: with all cores at work the rates are as these times.
      ratioByCpuTime: round(rawMillisecondsOfCpu / mined.cpu, 3),
      rawCpuMillisecondsEach: round(rawMillisecondsOfCpu, 3),
      minedCpuMillisecondsEach: round(mined.cpu, 3),
      seconds: round(mined.seconds),
      openingSeconds: round(mined.openingSeconds),
      candidates: mined.candidates,
      peakMebibytes: round(peakMemoryBytes() / 2 ** 20),
      indexMebibytes: round(ground.indexBytes / 2 ** 20),
      minedAgainAfterKill: rest.queries,
      sameAfterKill: rest.candidates === mined.candidates && rest.kept === mined.kept,
    });
  } finally {
    await rm(dir, { recursive: true });
  }
};

/** Queries a second of the index alone, in the same blocks; all of them, but no more than a few seconds' worth. */
async function rawRate({ indexDir, queryVectors, dimensions }: Ground): Promise<Rate> {
  const index = await VectorIndex.load(indexDir);
  try {
    const count = Math.min(queryVectors.length / dimensions, 20 * BLOCK);
    const begun = now();
    for (let from = 0; from < count; from += BLOCK) {
      await index.searchMany(
        queryVectors.subarray(from * dimensions, Math.min(count, from + BLOCK) * dimensions),
        WINDOW,
        null,
      );
    }
    return rateOf(count, begun, now());
  } finally {
    await index.release();
  }
}

interface Moment {
  /** Milliseconds, and those of all cores that this process has used. */
  readonly at: number;
  readonly cpuAt: number;
}

interface Rate {
  readonly perSecond: number;
  /** Milliseconds of a core for each query. */
  readonly cpu: number;
}

function now(): Moment {
  const { user, system } = process.cpuUsage();
  return { at: performance.now(), cpuAt: (user + system) / 1_000 };
}

function rateOf(queries: number, from: Moment, to: Moment): Rate {
  return { perSecond: queries / ((to.at - from.at) / 1_000), cpu: (to.cpuAt - from.cpuAt) / queries };
}

interface MineOptions {
  readonly dir: string;
  /** Left by an attempt before. */
  readonly parts: readonly string[];
  readonly backend: ReturnType<typeof loadConfig>['backend'];
  readonly logger: ReturnType<typeof createLogger>;
}

async function mineNow({ snapshotPath, indexDir, encoderDir }: Ground, { dir, parts, ...context }: MineOptions) {
  await mkdir(join(dir, 'kept'), { recursive: true });
  const kept: string[] = [];
  const moments: (Moment & { readonly done: number })[] = [];
  const begun = now();
  const emit = async ({ dir: part, done }: MineEvent) => {
    // Taken away, as a worker does.
    const to = join(dir, 'kept', String(kept.length));
    await rename(part, to);
    kept.push(to);
    moments.push({ done, ...now() });
  };
  const signal = new AbortController().signal;
  const mining = resolveMining({ rangeMax: WINDOW });
  const sources = { source: 'encoder', encoderDir, indexDir, judgeDir: null } as const;
  const spec = { snapshotPath, mining, positives: 'relevance', ...sources, marked: [], parts } as const;
  const {
    report,
    candidates,
    dir: negatives,
  } = await mine({ ...spec, backend: context.backend }, { emit, signal, workDir: dir, logger: context.logger });
  const [first, last] = [moments[0], moments.at(-1)] as [(typeof moments)[0], (typeof moments)[0]];
  await stat(negatives);
  return {
    parts: kept,
    candidates,
    kept: report.fates.kept,
    queries: last.done - (first.done - Math.min(first.done, 1_024)),
    seconds: (now().at - begun.at) / 1_000,
    openingSeconds: (first.at - begun.at) / 1_000,
    ...rateOf(last.done - first.done, first, last),
  };
}
