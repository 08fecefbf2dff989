import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { findNegatives, NEGATIVES_FILE } from '../../../src/data/negatives-file.ts';
import { SNAPSHOT_FILE } from '../../../src/data/snapshot.ts';
import { SnapshotWriter } from '../../../src/data/snapshot-writer.ts';
import { resolveMining } from '../../../src/mining/settings.ts';
import { silentLogger } from '../../../src/platform/logger.ts';
import { work as buildIndex } from '../../../src/services/work/build-index.ts';
import { work as mineNegatives } from '../../../src/services/work/mine-negatives.ts';
import { handOver } from '../../../src/services/work/refreshing.ts';
import { work as train } from '../../../src/services/work/train.ts';
import { resolveTrainingConfig } from '../../../src/training/defaults.ts';
import type { RefreshEvent, TrainingEvent } from '../../../src/training/events.ts';
import { sentences } from '../search-fixtures.ts';

const signal = new AbortController().signal;
const mining = resolveMining({ rangeMax: 20, relativeMargin: null });

async function temporary(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'quartet-refresh-'));
  t.after(() => rm(dir, { recursive: true }));
  return dir;
}

async function writeSnapshot(dir: string): Promise<string> {
  const path = join(dir, SNAPSHOT_FILE);
  const writer = await SnapshotWriter.create(path);
  const texts = sentences(80);
  for (const [i, text] of texts.entries()) writer.addItem(i + 1, text);
  for (const [i, text] of texts.entries()) writer.addQuery(i + 1, `what are ${text}`, 'TRAIN');
  for (const i of texts.keys()) writer.addRelevance(i, i, 1);
  await writer.finish();
  return path;
}

const configOf = (times: number) =>
  resolveTrainingConfig({
    backend: 'wasm',
    encoder: { dimensions: 16, vocabularySize: 256 },
    batchSize: 16,
    epochs: 4,
    checkpointEvery: 1,
    validationFraction: 0,
    paradigm: { hardNegatives: 2 },
    refresh: times === 0 ? null : { times, mining },
  });

/** What mines beside a run, in this process. @returns the pairs that were kept */
async function mineFor(event: RefreshEvent, snapshotPath: string, dir: string, refreshesDir: string) {
  const context = { signal, logger: silentLogger, emit: async () => undefined };
  const sizes = { m: 16, efConstruction: 100, efSearch: 64, seed: 1, encoderSha256: '0'.repeat(64) };
  const parameters = { ...sizes, storage: 'float32', targetRecall: null } as const;
  const [indexing, work] = [join(dir, `index-${event.number}`), join(dir, `mining-${event.number}`)];
  for (const one of [indexing, work]) await mkdir(one, { recursive: true });
  const { encoderDir } = event;
  const { indexDir } = await buildIndex({ snapshotPath, encoderDir, ...parameters }, { ...context, workDir: indexing });
  const sources = { source: 'encoder', encoderDir, indexDir, judgeDir: null } as const;
  const spec = { snapshotPath, mining, positives: 'relevance', ...sources, marked: [], parts: [] } as const;
  const mined = await mineNegatives(spec, { ...context, workDir: work });
  const path = join(mined.dir, NEGATIVES_FILE);
  await handOver(refreshesDir, event.number, { path, excluded: [] });
  const kept: string[] = [];
  for (const { record } of await findNegatives(path, { first: 0, limit: Number.POSITIVE_INFINITY, fate: 'kept' })) {
    kept.push(`${record.queryId} ${record.itemId}`);
  }
  return kept;
}

interface Run {
  readonly events: TrainingEvent[];
  readonly checkpointsDir: string;
  readonly refreshesDir: string;
  readonly minings: string[][];
}

async function run(
  t: TestContext,
  snapshotPath: string,
  times: number,
  more: { resume?: { dir: string }; known?: string } = {},
): Promise<Run> {
  const dir = await temporary(t);
  const [workDir, checkpointsDir] = [join(dir, 'work'), join(dir, 'checkpoints')];
  const refreshesDir = join(dir, 'refreshes');
  for (const one of [workDir, refreshesDir]) await mkdir(one, { recursive: true });
  if (more.known !== undefined) await cp(more.known, refreshesDir, { recursive: true });
  const events: TrainingEvent[] = [];
  const minings: Promise<string[]>[] = [];
  const spec = { runId: 'run', config: configOf(times), snapshotPath, checkpointsDir, refreshesDir };
  await train(
    { ...spec, resume: more.resume ?? null },
    {
      signal,
      workDir,
      logger: silentLogger,
      async emit(event) {
        events.push(event);
        // Not awaited: the run goes on meanwhile.
        if (event.kind === 'refresh') minings.push(mineFor(event, snapshotPath, dir, refreshesDir));
      },
    },
  );
  return { events, checkpointsDir, refreshesDir, minings: await Promise.all(minings) };
}

const losses = (events: readonly TrainingEvent[]) =>
  events.flatMap((event) => (event.kind === 'step' ? [[event.step, event.loss] as const] : []));

test('a run mines with what it has learned, goes on meanwhile, and takes the negatives in at the planned steps', async (t) => {
  const snapshotPath = await writeSnapshot(await temporary(t));
  const plain = losses((await run(t, snapshotPath, 0)).events);
  const { events, minings, checkpointsDir, refreshesDir } = await run(t, snapshotPath, 2);
  const own = losses(events);
  // 20 steps: mined after 7 and 13, in after 9 and 15.
  assert.deepEqual(
    events.flatMap((event) => (event.kind === 'refresh' ? [[event.number, event.step]] : [])),
    [
      [1, 7],
      [2, 13],
    ],
  );
  const said = events.flatMap((event) => (event.kind === 'log' && /come in/.test(event.message) ? event.message : []));
  assert.deepEqual(said, [
    'step 9: negatives mined with the encoder of step 7 come in',
    'step 15: negatives mined with the encoder of step 13 come in',
  ]);
  assert.deepEqual(own.slice(0, 9), plain.slice(0, 9));
  assert.notEqual(own[9]?.[1], plain[9]?.[1]);
  assert.ok((minings[0]?.length ?? 0) > 0);
  assert.notDeepEqual(minings[0], minings[1], 'the second is mined with another encoder');

  await t.test('and does so again, bit for bit', async (t) => {
    assert.deepEqual(losses((await run(t, snapshotPath, 2)).events), own);
  });

  for (const [at, again] of [
    [7, [7, 13]],
    [8, [13]],
    [14, []],
  ] as const) {
    await t.test(`resumed after step ${at} it goes on bit for bit, with the negatives of that step`, async (t) => {
      const dir = join(checkpointsDir, `step-${String(at).padStart(10, '0')}`);
      const rest = await run(t, snapshotPath, 2, { resume: { dir }, ...(at > 7 ? { known: refreshesDir } : {}) });
      assert.deepEqual(losses(rest.events), own.slice(at));
      const asked = rest.events.flatMap((event) => (event.kind === 'refresh' ? [event.step] : []));
      assert.deepEqual(asked, again);
    });
  }
});
