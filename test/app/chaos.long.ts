import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { MINUTE } from '../../src/platform/clock.ts';
import { createRandom } from '../../src/platform/random.ts';
import { isRunning } from '../jobs/processes.ts';
import { makeCorpus } from './kill/corpus.ts';
import { Imports } from './kill/imports.ts';
import { IndexBuilds } from './kill/index-builds.ts';
import type { JobKind } from './kill/job-kind.ts';
import { PatientClient } from './kill/patient-client.ts';
import { ServedApp } from './kill/served-app.ts';
import { Strikes } from './kill/strikes.ts';
import { Traffic } from './kill/traffic.ts';
import { Trainings } from './kill/trainings.ts';

/*
 * Everything at once: jobs of all kinds, small writes and searches, and at random moments `kill -9` of the server, of a worker
 * process beside it, of a child at work or of PostgreSQL. kill.long.ts aims each kill at one job; here nobody aims. 100 rounds:
 * `npm run test:long -- test/app/chaos.long.ts`, with CHAOS_ROUNDS for fewer and CHAOS_SEED for others.
 */
const ROUNDS = Number(process.env.CHAOS_ROUNDS ?? 100);
const SEED = Number(process.env.CHAOS_SEED ?? 1);
const VICTIMS = ['server', 'worker', 'child', 'PostgreSQL'] as const;
/** Jobs under way at any moment. */
const JOBS = 3;
/** A child that dies again and again without having got further is given up in the end, and rightly. */
const CHILD_KILLS = 3;
const LONGEST_REST = 2_500;

interface Begun {
  readonly kind: JobKind;
  readonly id: string;
}

test(`nothing acknowledged is lost or doubled by ${ROUNDS} random kills, seed ${SEED}`, {
  timeout: 60 * MINUTE,
}, async (t) => {
  const random = createRandom(SEED);
  const app = await ServedApp.open(t);
  const client = new PatientClient(app);
  app.start();
  const imports = new Imports(app, client, makeCorpus(2_000, 1));
  const ended = (kind: JobKind, id: string) => new Strikes(app, kind, random, { job: 0, child: 0 }).ended(id);
  const whole = async (kind: JobKind) => {
    const id = await kind.begin();
    await ended(kind, id);
    await kind.check(id);
    return id;
  };
  const first = await whole(imports);
  const data = (await client.query('query ($id: ID!) { import(id: $id) { dataset { id } } }', { id: first })).import;
  const datasetId = data.dataset.id as string;
  const trainings = new Trainings(app, client, {
    datasetId,
    encoder: { textStatic: { dimensions: 32, vocabularySize: 2_000 } },
    batchSize: 32,
    epochs: 3,
    checkpointEvery: 10,
  });
  const run = await whole(trainings);
  const { encoder } = (await client.query('query ($id: ID!) { run(id: $id) { encoder { id } } }', { id: run })).run;
  const builds = new IndexBuilds(app, client, {
    input: { datasetId, encoderId: encoder.id },
    answers: imports.corpus.answers,
  });
  const index = await whole(builds);
  app.startWorker();

  const kinds = [imports, trainings, builds];
  const jobs: Begun[] = [
    { kind: imports, id: first },
    { kind: trainings, id: run },
    { kind: builds, id: index },
  ];
  let live: Begun[] = [];
  let childKills = 0;
  const struck: Record<string, number> = {};
  const traffic = new Traffic(client, () => builds.checkAnswers());
  traffic.start();
  // A test that fails in between must not go on for ever.
  t.after(() => traffic.stop().catch(() => {}));
  for (let round = 0; round < ROUNDS; ) {
    const strikes = live.map(async (job) => ({
      job,
      state: await new Strikes(app, job.kind, random, { job: 0, child: 0 }).state(job.id),
    }));
    const states = await Promise.all(strikes);
    const running = states.filter(({ state }) => ['QUEUED', 'RUNNING'].includes(state.status)).map(({ job }) => job);
    if (running.length < live.length) childKills = 0;
    live = running;
    while (live.length < JOBS) {
      const kind = kinds[random.int(kinds.length)] as JobKind;
      const job = { kind, id: await kind.begin() };
      live.push(job);
      jobs.push(job);
    }
    await sleep(random.next() * LONGEST_REST);
    const victim = VICTIMS[random.int(VICTIMS.length)] as (typeof VICTIMS)[number];
    if (victim === 'server') {
      await app.killServer();
      app.start();
    } else if (victim === 'worker') {
      await app.killWorker();
      app.startWorker();
    } else if (victim === 'PostgreSQL') {
      await app.killPostgres();
    } else {
      const children = app.children().filter(isRunning);
      const child = children[random.int(Math.max(1, children.length))];
      if (child === undefined || childKills >= CHILD_KILLS) continue;
      childKills++;
      process.kill(child, 'SIGKILL');
    }
    struck[victim] = (struck[victim] ?? 0) + 1;
    round++;
  }
  for (const { kind, id } of live) await ended(kind, id);
  await traffic.stop();
  await traffic.check();
  for (const { kind, id } of jobs) await kind.check(id);
  for (const kind of kinds) {
    const [{ count }] = (await app.rows(`SELECT count(*)::int FROM "${kind.table}"`)) as unknown as [{ count: number }];
    assert.equal(count, jobs.filter((job) => job.kind === kind).length, `rows of ${kind.table}`);
  }
  const unfinished = await app.rows(`SELECT name FROM pgboss.job WHERE state IN ('created', 'retry', 'active')`);
  assert.deepEqual(unfinished, []);
  t.diagnostic(`killed: ${JSON.stringify(struck)}; ${jobs.length} jobs; sent again: ${JSON.stringify(client.repeats)}`);
});
