import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { SNAPSHOT_FILE } from '../../../src/data/snapshot.ts';
import { SnapshotWriter } from '../../../src/data/snapshot-writer.ts';
import { silentLogger } from '../../../src/platform/logger.ts';
import { createRandom } from '../../../src/platform/random.ts';
import { work as evaluate } from '../../../src/services/work/evaluate.ts';
import { type TrainSpec, work as train } from '../../../src/services/work/train.ts';
import { resolveTrainingConfig, type TrainingConfigInput } from '../../../src/training/defaults.ts';
import type { TrainingEvent } from '../../../src/training/events.ts';
import type { BackendChoice } from '../../../src/training/tensors.ts';

const backend = (process.env.QUARTET_BACKEND ?? 'auto') as BackendChoice;
const WORDS = 80;
const ITEMS = 150;

async function temporary(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'quartet-train-'));
  t.after(() => rm(dir, { recursive: true }));
  return dir;
}

/** Items in one invented language, queries in another; only the pairs say which word means which. */
async function writeSnapshot(dir: string): Promise<string> {
  const random = createRandom(4);
  const word = () => Array.from({ length: 7 }, () => String.fromCharCode(97 + random.int(26))).join('');
  const [here, there] = [Array.from({ length: WORDS }, word), Array.from({ length: WORDS }, word)];
  const meanings = Array.from({ length: ITEMS }, () => Array.from({ length: 5 }, () => random.int(WORDS)));
  const path = join(dir, SNAPSHOT_FILE);
  const writer = await SnapshotWriter.create(path);
  for (const [i, own] of meanings.entries()) writer.addItem(i + 1, own.map((w) => here[w]).join(' '));
  const queries = meanings.flatMap((own, item) =>
    [0, 1, 2].map((skip) => ({
      item,
      text: own
        .filter((_, i) => i !== skip)
        .map((w) => there[w])
        .join(' '),
    })),
  );
  for (const [q, { text }] of queries.entries()) writer.addQuery(q + 1, text, q % 10 === 0 ? 'TEST' : 'TRAIN');
  for (const [q, { item }] of queries.entries()) writer.addRelevance(q, item, 1);
  await writer.finish();
  return path;
}

async function runTraining(
  t: TestContext,
  snapshotPath: string,
  input: TrainingConfigInput,
  more: Partial<TrainSpec & { signal: AbortSignal }> = {},
) {
  const dir = await temporary(t);
  const events: TrainingEvent[] = [];
  const { signal = new AbortController().signal, ...spec } = more;
  const config = resolveTrainingConfig({
    encoder: { dimensions: 32, vocabularySize: 1_000 },
    batchSize: 64,
    epochs: 12,
    learningRate: 0.05,
    validationFraction: 0.1,
    ...input,
  });
  const workDir = join(dir, 'work');
  await mkdir(workDir);
  const emit = async (event: TrainingEvent) => void events.push(event);
  const result = await train(
    { runId: 'run', config, snapshotPath, resume: null, checkpointsDir: join(dir, 'checkpoints'), backend, ...spec },
    { emit, signal, workDir, logger: silentLogger },
  );
  if (result === 'paused') throw new Error('nobody paused it');
  return { result, events };
}

/** What is told of the process and not of the training. */
function isMeasured(event: TrainingEvent): boolean {
  return event.kind === 'diagnostics' && 'peakMemoryBytes' in event.figures;
}

function curve(events: readonly TrainingEvent[], afterStep = -1) {
  return events.flatMap((event) =>
    'step' in event && event.step > afterStep && event.kind !== 'checkpoint' && !isMeasured(event)
      ? [{ ...event, pairsPerSecond: null }]
      : [],
  );
}

test('trains the text encoder on a snapshot, and the saved one finds what was held back', async (t) => {
  const snapshotPath = await writeSnapshot(await temporary(t));
  const { result } = await runTraining(t, snapshotPath, {});
  assert.ok(
    (result.best?.ndcgAt10 ?? 0) > (result.baseline?.ndcgAt10 ?? 1) + 0.3,
    `${result.baseline?.ndcgAt10} to ${result.best?.ndcgAt10}`,
  );
  const context = {
    emit: async () => undefined,
    signal: new AbortController().signal,
    workDir: '',
    logger: silentLogger,
  };
  const metrics = await evaluate({ snapshotPath, encoderDir: result.encoderDir, split: 'TEST', backend }, context);
  assert.equal(metrics.queries, 45);
  assert.equal(metrics.corpus, ITEMS);
  assert.ok(metrics.ndcgAt10 > 0.5, String(metrics.ndcgAt10));
  const card = JSON.parse(await readFile(join(result.encoderDir, 'card.json'), 'utf8'));
  assert.equal(card.kind, 'text-static');
  assert.equal(card.dimensions, 32);
});

for (const paradigm of [
  { name: 'in-batch-negatives', symmetric: true, learnTemperature: true },
  { name: 'end-to-end', negatives: 8, learnTemperature: true },
  { name: 'memory-bank', negatives: 40 },
  { name: 'momentum-encoder', queueSize: 100 },
] as const) {
  test(`gives one curve and one encoder for one seed, and a resumed run joins it bit for bit: ${paradigm.name}`, async (t) => {
    const snapshotPath = await writeSnapshot(await temporary(t));
    const input: TrainingConfigInput = {
      epochs: 4,
      evaluateEvery: 5,
      paradigm,
    };
    const whole = await runTraining(t, snapshotPath, { ...input, checkpointEvery: 1 });
    const again = await runTraining(t, snapshotPath, input);
    assert.deepEqual(curve(again.events), curve(whole.events));
    const weights = ({ result }: typeof whole) => readFile(join(result.encoderDir, 'encoder.safetensors'));
    assert.ok((await weights(again)).equals(await weights(whole)));
    const checkpoints = whole.events.flatMap((event) => (event.kind === 'checkpoint' ? [event] : []));
    const chosen = checkpoints[createRandom(Date.now()).int(checkpoints.length)] ?? assert.fail('no checkpoint');
    const rest = await runTraining(t, snapshotPath, input, { resume: { dir: chosen.dir } });
    assert.deepEqual(curve(rest.events), curve(whole.events, chosen.step), `resumed after step ${chosen.step}`);
    assert.ok((await weights(rest)).equals(await weights(whole)));
  });
}

for (const name of ['in-batch-negatives', 'end-to-end', 'memory-bank', 'momentum-encoder'] as const) {
  test(`trains queries and items apart, and goes on bit for bit: ${name}`, async (t) => {
    const snapshotPath = await writeSnapshot(await temporary(t));
    const input: TrainingConfigInput = { epochs: 3, evaluateEvery: 5, towers: 'separate', paradigm: { name } };
    const whole = await runTraining(t, snapshotPath, { ...input, checkpointEvery: 4 });
    const side = ({ result }: typeof whole, of: string) => readFile(join(result.encoderDir, of, 'encoder.safetensors'));
    const [query, item] = [await side(whole, 'query'), await side(whole, 'item')];
    assert.ok(!query.equals(item), 'both sides have the same weights');
    const checkpoint = whole.events.find((event) => event.kind === 'checkpoint') ?? assert.fail('no checkpoint');
    const rest = await runTraining(t, snapshotPath, input, { resume: { dir: checkpoint.dir } });
    assert.deepEqual(curve(rest.events), curve(whole.events, checkpoint.step));
    assert.ok((await side(rest, 'query')).equals(query));
    assert.ok((await side(rest, 'item')).equals(item));
  });
}

test('what was trained apart is measured apart: queries by their weights, items by theirs', async (t) => {
  const snapshotPath = await writeSnapshot(await temporary(t));
  const { result } = await runTraining(t, snapshotPath, { towers: 'separate' });
  const [before, after] = [result.baseline?.ndcgAt10 ?? 1, result.best?.ndcgAt10 ?? 0];
  assert.ok(after > before + 0.3, `${before} to ${after}`);
  const context = {
    emit: async () => undefined,
    signal: new AbortController().signal,
    workDir: '',
    logger: silentLogger,
  };
  const measured = (encoderDir: string) => evaluate({ snapshotPath, encoderDir, split: 'TEST', backend }, context);
  const both = (await measured(result.encoderDir)).ndcgAt10;
  const alone = [];
  for (const side of ['query', 'item']) alone.push((await measured(join(result.encoderDir, side))).ndcgAt10);
  assert.ok(both > 0.5 && both > Math.max(...alone), `${both} by both, ${alone} by one for both sides`);
});

test('reports the leading dimensions that are trained to serve alone', async (t) => {
  const snapshotPath = await writeSnapshot(await temporary(t));
  const { result } = await runTraining(t, snapshotPath, { matryoshka: [8, 16] });
  const { prefixes, ndcgAt10 } = result.best ?? assert.fail('nothing was evaluated');
  assert.deepEqual(Object.keys(prefixes ?? {}), ['8', '16']);
  const [narrow = 0, wider = 0] = [prefixes?.[8]?.ndcgAt10, prefixes?.[16]?.ndcgAt10];
  assert.ok(narrow > 0.2 && narrow < wider && wider < ndcgAt10 + 0.05, `${narrow}, ${wider}, ${ndcgAt10}`);
});

/** Items of six kinds: each has two words of its kind's eight and two of anybody's. */
async function writeKinds(dir: string): Promise<string> {
  const random = createRandom(6);
  const word = () => Array.from({ length: 7 }, () => String.fromCharCode(97 + random.int(26))).join('');
  const kinds = Array.from({ length: 6 }, () => Array.from({ length: 8 }, word));
  const common = Array.from({ length: 12 }, word);
  const path = join(dir, SNAPSHOT_FILE);
  const writer = await SnapshotWriter.create(path);
  for (let i = 0; i < 240; i++) {
    const own = kinds[i % 6] ?? assert.fail();
    const words = [own[random.int(8)], own[random.int(8)], common[random.int(12)], common[random.int(12)]];
    writer.addItem(i + 1, `${words.join(' ')} ${word()}`, `kind ${i % 6}`);
  }
  await writer.finish();
  return path;
}

for (const positives of ['label', 'augmentation'] as const) {
  test(`trains by ${positives}, says how well neighbours vote, and goes on bit for bit`, async (t) => {
    const snapshotPath = await writeKinds(await temporary(t));
    const input: TrainingConfigInput = {
      positives,
      metric: 'knnAccuracy',
      epochs: 8,
      validationFraction: 0.2,
      paradigm: { temperature: 0.2 },
      accumulateSteps: 2,
    };
    const { result, events } = await runTraining(t, snapshotPath, { ...input, checkpointEvery: 3 });
    const { baseline, best, verdict } = result;
    assert.equal(baseline?.queries, 48);
    assert.equal(verdict?.metric, 'knnAccuracy');
    assert.ok(Math.abs((verdict?.best ?? 0) - (best?.knnAccuracy ?? 1)) < 1e-12);
    if (positives === 'label') {
      assert.equal(verdict?.outcome, 'better', `${baseline?.knnAccuracy} to ${best?.knnAccuracy}`);
      assert.ok((best?.knnAccuracy ?? 0) > 0.9, `${best?.knnAccuracy}`);
    }
    const chosen = events.find((event) => event.kind === 'checkpoint') ?? assert.fail('no checkpoint');
    const rest = await runTraining(t, snapshotPath, input, { resume: { dir: chosen.dir } });
    assert.deepEqual(curve(rest.events), curve(events, chosen.step));
  });
}

test('paused it reports a checkpoint and nothing more, and goes on from there bit for bit', async (t) => {
  const snapshotPath = await writeSnapshot(await temporary(t));
  const input: TrainingConfigInput = { epochs: 3, evaluateEvery: 4, encoder: { dimensions: 32 }, batchSize: 64 };
  const dir = await temporary(t);
  await mkdir(join(dir, 'work'));
  const pause = new AbortController();
  const events: TrainingEvent[] = [];
  const emit = async (event: TrainingEvent) => {
    events.push(event);
    if (event.kind === 'step' && event.step === 6) pause.abort();
  };
  const config = resolveTrainingConfig(input);
  const spec = { runId: 'run', config, snapshotPath, resume: null, checkpointsDir: join(dir, 'checkpoints'), backend };
  const { signal } = new AbortController();
  const workDir = join(dir, 'work');
  assert.equal(await train(spec, { emit, signal, pause: pause.signal, workDir, logger: silentLogger }), 'paused');
  const last = events.at(-1);
  assert.ok(last?.kind === 'checkpoint' && last.step === 6);
  const folder = await temporary(t);
  const rest: TrainingEvent[] = [];
  await train(
    { ...spec, resume: { dir: last.dir }, checkpointsDir: join(folder, 'checkpoints') },
    { emit: async (event) => void rest.push(event), signal, workDir: folder, logger: silentLogger },
  );
  const whole = await temporary(t);
  const all: TrainingEvent[] = [];
  await train(
    { ...spec, checkpointsDir: join(whole, 'checkpoints') },
    { emit: async (event) => void all.push(event), signal, workDir: whole, logger: silentLogger },
  );
  assert.deepEqual(curve([...events, ...rest]), curve(all));
});

test('stops when it is cancelled, before the first step too', async (t) => {
  const snapshotPath = await writeSnapshot(await temporary(t));
  const signal = AbortSignal.abort(new Error('changed my mind'));
  await assert.rejects(runTraining(t, snapshotPath, {}, { signal }), /changed my mind/);
});
