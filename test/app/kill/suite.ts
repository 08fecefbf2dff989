import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../../../src/platform/random.ts';
import { until } from '../../support/embedded-server.ts';
import { makeCorpus } from './corpus.ts';
import { Imports } from './imports.ts';
import { IndexBuilds } from './index-builds.ts';
import type { JobKind } from './job-kind.ts';
import { PatientClient } from './patient-client.ts';
import { ServedApp } from './served-app.ts';
import { type Durations, Strikes, VICTIMS } from './strikes.ts';
import { Traffic } from './traffic.ts';
import { Trainings } from './trainings.ts';

export interface KillOptions {
  /** Of each victim that a kind of work has. */
  readonly kills: number;
  /** Victims of each kind of work; by default every one. One makes each victim fall once: the next kind of work has the next. */
  readonly victims?: number;
  readonly importedRows: number;
  readonly trainedRows: number;
  readonly epochs: number;
  readonly timeout: number;
}

/**
 * The promise of the whole: `kill -9` of the server, of a worker's child or of PostgreSQL at any moment of an import, a
 * training or the building of an index loses nothing that was acknowledged, and the work comes to the end it would have come
 * to. One data directory takes all kills one after another, and at the end has to hold everything. `KILL_SEED` draws other
 * moments.
 */
export function killSuite(options: KillOptions): void {
  const { kills, victims = VICTIMS.length, importedRows, trainedRows, epochs, timeout } = options;
  const seed = Number(process.env.KILL_SEED ?? 1);
  test(`nothing is lost by ${kills * victims * 3} kills at random moments, seed ${seed}`, { timeout }, async (t) => {
    const app = await ServedApp.open(t);
    const client = new PatientClient(app);
    app.start();

    const corpus = makeCorpus(importedRows, 1);
    const imports = new Imports(app, client, corpus);
    const lessons = await importOnce(client, new Imports(app, client, makeCorpus(trainedRows, 2)));
    const trainings = new Trainings(app, client, {
      datasetId: lessons,
      encoder: { textStatic: { dimensions: 32, vocabularySize: 2_000 } },
      batchSize: 32,
      epochs,
      checkpointEvery: 10,
    });
    const all: { readonly kind: JobKind; readonly durations: Durations; readonly jobs: string[] }[] = [];
    const undisturbed = async (kind: JobKind) => {
      const { job, durations } = await measure(app, kind);
      t.diagnostic(`undisturbed ${kind.name}: ${JSON.stringify(durations)} ms`);
      all.push({ kind, durations, jobs: [job] });
      await kind.check(job);
      return job;
    };
    const imported = await undisturbed(imports);
    const trained = await undisturbed(trainings);
    const indexBuilds = new IndexBuilds(app, client, {
      input: {
        datasetId: (await client.query('query ($id: ID!) { import(id: $id) { dataset { id } } }', { id: imported }))
          .import.dataset.id,
        encoderId: (await client.query('query ($id: ID!) { run(id: $id) { encoder { id } } }', { id: trained })).run
          .encoder.id,
      },
      answers: corpus.answers,
    });
    await undisturbed(indexBuilds);

    const traffic = new Traffic(client, () => indexBuilds.checkAnswers());
    for (const [turn, { kind, durations, jobs }] of all.entries()) {
      for (const victim of [...VICTIMS, ...VICTIMS].slice(turn, turn + victims)) {
        await t.test(`kill -9 of the ${victim} in the middle of ${kind.name}`, async (cell) => {
          const random = createRandom(
            seed * 100 + all.findIndex((one) => one.kind === kind) * 10 + VICTIMS.indexOf(victim),
          );
          const strikes = new Strikes(app, kind, random, durations);
          traffic.start();
          const struck = await strikes.strike(victim, kills, (what) => cell.diagnostic(what));
          for (const job of struck) await strikes.ended(job);
          await traffic.stop();
          for (const job of struck) await kind.check(job);
          jobs.push(...struck);
        });
      }
    }

    await t.test('at the end everything acknowledged is there, once, and nothing else is', async () => {
      await traffic.check();
      for (const { kind, jobs } of all) {
        for (const job of jobs) await kind.check(job);
        const [{ count }] = (await app.rows(`SELECT count(*)::int FROM "${kind.table}"`)) as unknown as [
          { count: number },
        ];
        assert.equal(count, jobs.length + (kind === imports ? 1 : 0), `rows of ${kind.table}`);
      }
      const encoders = await app.rows('SELECT "runId" FROM "Encoder"');
      const trainedJobs = all.find(({ kind }) => kind === trainings)?.jobs.length;
      assert.equal(encoders.length, trainedJobs);
      assert.equal(new Set(encoders.map(({ runId }) => runId)).size, trainedJobs, 'one encoder a run');
      const live = await app.rows(`SELECT name, data FROM pgboss.job WHERE state IN ('created', 'retry', 'active')`);
      assert.deepEqual(live, []);
      assert.deepEqual(await app.errors(), [], 'no server has logged an error');
      t.diagnostic(`requests sent again: ${JSON.stringify(client.repeats)}`);
    });

    await t.test('after the last stop no process is left and no half-made file', async () => {
      assert.equal(await app.stop(), 0);
      await until('all processes end', async () => (await app.processes()).length === 0);
      for (const folder of ['work', 'artifacts/tmp']) {
        assert.deepEqual(await readdir(join(app.dataDir, folder)).catch(() => []), [], folder);
      }
    });
  });
}

async function importOnce(client: PatientClient, kind: Imports): Promise<string> {
  const id = await kind.begin();
  const document = 'query ($id: ID!) { import(id: $id) { status dataset { id } } }';
  for (;;) {
    const { status, dataset } = (await client.query(document, { id })).import;
    if (status === 'SUCCEEDED') return dataset.id;
    assert.match(status, /QUEUED|RUNNING/);
    await sleep(50);
  }
}

/** One job that nobody disturbs. */
async function measure(app: ServedApp, kind: JobKind): Promise<{ job: string; durations: Durations }> {
  const job = await kind.begin();
  const strikes = new Strikes(app, kind, createRandom(0), { job: 0, child: 0 });
  await until('a child works', async () => app.children().length > 0 || (await strikes.hasEnded(job)));
  const begun = performance.now();
  await until('it is done', async () => app.children().length === 0, 120_000);
  const child = performance.now() - begun;
  await strikes.ended(job);
  return { job, durations: { job: Math.round(performance.now() - begun), child: Math.round(child) } };
}
