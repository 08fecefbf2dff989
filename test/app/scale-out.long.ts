import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import {
  BuildIndexDocument,
  CreateDatasetDocument,
  DatasetDocument,
  ImportDatasetDocument,
  ImportDocument,
  IndexDocument,
  QuartetClient,
  RunDocument,
  SearchDocument,
  StartTrainingDocument,
  untilFinished,
} from '../../src/client/index.ts';
import { childrenOf, isRunning } from '../jobs/processes.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { until } from '../support/embedded-server.ts';
import { freePort } from './free-port.ts';
import { makeCorpus } from './kill/corpus.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const KEPT = /^(PATH|HOME|TMPDIR|LANG|QUARTET_BACKEND)$/;

/** Processes of an installation: they share a database and a data directory and nothing else. */
class Installation {
  readonly #env: Record<string, string>;
  readonly #running = new Map<string, ChildProcess>();

  constructor(databaseUrl: string, dataDir: string) {
    const kept = Object.entries(process.env).filter(([name]) => KEPT.test(name));
    this.#env = {
      ...Object.fromEntries(kept as [string, string][]),
      DATABASE_URL: databaseUrl,
      QUARTET_DATA: dataDir,
      QUARTET_LOG_LEVEL: 'warn',
      QUARTET_AUTH: 'off',
    };
  }

  start(name: string, words: readonly string[]): void {
    const child = spawn(process.execPath, [CLI, ...words], { env: this.#env, stdio: ['ignore', 'ignore', 'inherit'] });
    this.#running.set(name, child);
  }

  async kill(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#running.get(name) as ChildProcess;
    this.#running.delete(name);
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  /** Children at work, by the process they work for. */
  working(): Map<string, number[]> {
    const found = [...this.#running].map(
      ([name, { pid }]) => [name, childrenOf(pid as number).filter(isRunning)] as const,
    );
    return new Map(found.filter(([, children]) => children.length > 0));
  }

  async end(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((name) => this.kill(name, 'SIGTERM')));
  }
}

async function open(t: TestContext): Promise<{ installation: Installation; databaseUrl: string }> {
  const databaseUrl = await testDatabaseUrl(t);
  const dataDir = await mkdtemp(join(tmpdir(), 'quartet-scale-'));
  const installation = new Installation(databaseUrl, dataDir);
  t.after(async () => {
    await installation.end();
    await rm(dataDir, { recursive: true, force: true });
  });
  return { installation, databaseUrl };
}

test('two servers and two workers are one installation: whichever is killed, nothing is lost or done twice', async (t) => {
  const { installation, databaseUrl } = await open(t);
  const ports = [await freePort(), await freePort()];
  const serve = (n: number) => installation.start(`server ${n}`, ['serve', '--no-worker', '--port', String(ports[n])]);
  const work = (n: number) => installation.start(`worker ${n}`, ['worker']);
  for (const n of [0, 1]) {
    serve(n);
    work(n);
  }
  const patience = { attempts: 60, base: 250, cap: 1_000 };
  const [one, two] = ports.map(
    (port) => new QuartetClient({ url: `http://127.0.0.1:${port}`, retry: patience, reconnect: patience }),
  ) as [QuartetClient, QuartetClient];
  for (const port of ports) {
    const ready = () =>
      fetch(`http://127.0.0.1:${port}/readyz`).then(
        ({ status }) => status === 200,
        () => false,
      );
    await until(`the server on ${port} is ready`, ready, 120_000);
  }

  // What one server was told, the other one knows.
  const corpus = makeCorpus(1_200, 3);
  const { dataset } = await one.mutate(CreateDatasetDocument, { name: 'shared' });
  assert.equal((await two.query(DatasetDocument, { name: 'shared' })).dataset?.id, dataset.id);
  const uploadIds = [await two.upload('pairs.jsonl', corpus.jsonl)];
  const columns = { query: 'question', positive: 'answer', split: 'split' };
  const begun = await one.mutate(ImportDatasetDocument, { datasetId: dataset.id, uploadIds, columns });
  await untilFinished(async () => (await two.query(ImportDocument, { id: begun.import.id })).import);

  // At no time do two children work on the only job there is. A killed worker's child may outlive it by a moment.
  const twice: string[] = [];
  let suspect = '';
  const watch = setInterval(() => {
    const now = [...installation.working().values()].flat().sort();
    const found = now.length > 1 ? now.join() : '';
    if (found !== '' && found === suspect) twice.push(found);
    suspect = found;
  }, 100);
  t.after(() => clearInterval(watch));
  const database = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  t.after(() => database.end());

  const train = (seed: number) =>
    one.mutate(StartTrainingDocument, {
      datasetId: dataset.id,
      encoder: { textStatic: { dimensions: 32, vocabularySize: 2_000 } },
      batchSize: 32,
      epochs: 12,
      checkpointEvery: 20,
      seed,
    });
  const curves: unknown[] = [];
  for (const victim of ['nobody', 'the worker', 'server 0', 'server 1'] as const) {
    await t.test(`a training during which ${victim} is killed`, async () => {
      const { run } = await train(7);
      // Followed at the other server than the one that began it.
      const seen: number[] = [];
      const curve: [number, number][] = [];
      let struck = victim === 'nobody';
      for await (const event of two.runEvents(run.id)) {
        seen.push(event.sequence);
        if (event.__typename !== 'RunStepEvent') continue;
        curve.push([event.step, event.loss]);
        if (struck || event.step < 30) continue;
        struck = true;
        if (victim === 'the worker') {
          const [name] = [...installation.working().keys()];
          assert.match(name ?? '', /^worker/);
          await installation.kill(name as string);
          installation.start(name as string, ['worker']);
        } else {
          const n = Number(victim.at(-1));
          await installation.kill(victim);
          serve(n);
        }
      }
      assert.ok(struck);
      assert.deepEqual(
        seen,
        seen.map((_, i) => i + 1),
        'every event came once',
      );
      const { run: done } = await one.query(RunDocument, { id: run.id });
      assert.deepEqual([done?.status, done?.step], ['SUCCEEDED', done?.totalSteps]);
      // The steps after the last checkpoint are done again, and come out the same.
      curves.push([...new Map(curve)]);
      assert.deepEqual(curves.at(-1), curves[0], 'the same curve as undisturbed');
    });
  }
  clearInterval(watch);
  assert.deepEqual(twice, [], 'no job was worked on twice at once');
  const { rows } = await database.query('SELECT count(*)::int AS encoders FROM "Encoder"');
  assert.equal(rows[0].encoders, 4, 'one encoder a run');

  const { index } = await one.mutate(BuildIndexDocument, { datasetId: dataset.id });
  await untilFinished(async () => (await two.query(IndexDocument, { id: index.id })).index);
  const input = { target: { datasetName: 'shared' }, query: { text: corpus.answers[5] as string }, k: 3 };
  const answers = await Promise.all(
    [one, two].map(async (client) => (await client.query(SearchDocument, { input })).search),
  );
  assert.deepEqual(answers[0]?.hits, answers[1]?.hits);
  assert.equal(answers[0]?.hits[0]?.item.text, corpus.answers[5]);
});
