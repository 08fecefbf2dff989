import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseGlobalId } from '../../src/api/global-ids.ts';
import { isRunning } from '../jobs/processes.ts';
import { until } from '../support/embedded-server.ts';
import { makeCorpus } from './kill/corpus.ts';
import { Imports } from './kill/imports.ts';
import { PatientClient } from './kill/patient-client.ts';
import { ServedApp } from './kill/served-app.ts';

const MINUTE = 60_000;
/** A child that dies without having got further is tried again later each time. */
const MOST_CHILD_KILLS = 3;

/** Everything that a refinement makes, one row each, with what would tell that it was made again. */
const MADE = `
  SELECT 'run ' || id AS made, status::text, "finishedAt" FROM "TrainingRun"
  UNION ALL SELECT 'index ' || id, status::text, "finishedAt" FROM "IndexVersion"
  UNION ALL SELECT 'set ' || id, status::text, "finishedAt" FROM "HardNegativeSet"
  UNION ALL SELECT 'encoder ' || id, 'SUCCEEDED', "createdAt" FROM "Encoder"
  UNION ALL SELECT 'refresh ' || "runId" || ' ' || number, 'SUCCEEDED', NULL FROM "RunRefresh"
  ORDER BY made`;

interface Made {
  readonly made: string;
  readonly status: string;
  readonly finishedAt: Date | null;
}

for (const asynchronous of [false, true]) {
  const way = asynchronous ? 'asynchronous' : 'in rounds';
  test(`kill -9 of the server and of its children at every stage of a refinement, ${way}: it goes on, and what was finished is not done again`, {
    timeout: 20 * MINUTE,
  }, async (t) => {
    const app = await ServedApp.open(t);
    const client = new PatientClient(app);
    app.start();
    const imports = new Imports(app, client, makeCorpus(400, 1));
    const importId = await imports.begin();
    const imported = async () =>
      (await client.query('query ($id: ID!) { import(id: $id) { status dataset { id } } }', { id: importId })).import;
    await until('it is imported', async () => (await imported()).status === 'SUCCEEDED', 2 * MINUTE);
    const { refinement } = await client.mutate('startRefinement', 'refinement { id }', {
      asynchronous,
      rounds: asynchronous ? 2 : 1,
      mining: { rangeMax: 50, relativeMargin: null },
      training: {
        datasetId: (await imported()).dataset.id,
        encoder: { textStatic: { dimensions: 32, vocabularySize: 2_000 } },
        batchSize: 32,
        epochs: asynchronous ? 12 : 4,
        checkpointEvery: 10,
        validationFraction: 0.2,
      },
    });
    const id = parseGlobalId(refinement.id)?.id;
    const status = async () =>
      ((await app.rows('SELECT status FROM "Refinement" WHERE id = $1', [id])) as unknown as { status: string }[])[0]
        ?.status;
    const made = async () => (await app.rows(MADE)) as unknown as Made[];
    const finished = new Map<string, Made>();
    let [kills, childKills] = [0, 0];
    for (let known = 0; (await status()) !== 'SUCCEEDED'; kills++) {
      assert.ok(kills < 60, `it does not come to an end: ${JSON.stringify(await made())}`);
      let rows: Made[] = [];
      await until(
        'it gets further',
        async () => {
          rows = await made();
          const now = await status();
          assert.notEqual(now, 'FAILED', JSON.stringify(rows));
          // A row more, or one that is finished, is a stage further.
          return now === 'SUCCEEDED' || rows.length + rows.filter((row) => row.finishedAt !== null).length > known;
        },
        4 * MINUTE,
      );
      known = rows.length + rows.filter((row) => row.finishedAt !== null).length;
      for (const row of rows) {
        const before = finished.get(row.made);
        if (before !== undefined) assert.deepEqual(row, before, 'what was finished stays as it was');
        if (row.finishedAt !== null) finished.set(row.made, row);
      }
      if ((await status()) === 'SUCCEEDED') break;
      const [child] = app.children();
      if (kills % 2 === 1 && child !== undefined && childKills < MOST_CHILD_KILLS) {
        childKills++;
        process.kill(child, 'SIGKILL');
        await until('the child is gone', async () => !isRunning(child));
      } else {
        await app.killServer();
        app.start();
      }
    }
    t.diagnostic(`${kills} kills, ${childKills} of them of a child`);
    const counted = Object.groupBy(await made(), (row) => row.made.split(' ')[0] as string);
    const [{ done, rounds }] = (await app.rows('SELECT done, rounds FROM "Refinement"')) as unknown as [
      { done: { round: number; taken: boolean | null }[]; rounds: number },
    ];
    const trainings = asynchronous ? 1 : 2;
    assert.deepEqual([done.length, counted.run?.length, counted.encoder?.length], [trainings, trainings, trainings]);
    assert.equal(counted.set?.length, asynchronous ? rounds : 1);
    assert.equal(counted.refresh?.length ?? 0, asynchronous ? rounds : 0);
    assert.equal(counted.index?.length, asynchronous || done[1]?.taken !== true ? 1 : 2);
    for (const rows of Object.values(counted))
      for (const row of rows ?? []) assert.equal(row.status, 'SUCCEEDED', row.made);
    // Stages that follow each other faster than they are looked at are met by one kill.
    assert.ok(kills >= 3, `${kills} kills`);
  });
}
