import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { typed } from '../../src/client/document.ts';
import {
  BuildIndexDocument,
  CreateDatasetDocument,
  DatasetDocument,
  ImportDatasetDocument,
  ImportDocument,
  IndexDocument,
  RunDocument,
  SearchDocument,
  StartTrainingDocument,
  untilFinished,
} from '../../src/client/index.ts';
import { CREDENTIALS, startBucketServer } from '../store/bucket-server.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { until } from '../support/embedded-server.ts';
import { Installation } from './installation.ts';
import { makeCorpus } from './kill/corpus.ts';

const ExportDocument = typed<{ dataset: { exportUrl: string } }, { name: string }>(
  'query ($name: String!) { dataset(name: $name) { exportUrl(content: ITEMS) } }',
);

test('servers and workers that share nothing but PostgreSQL and a bucket import, train, index, search and export', async (t) => {
  const { place } = await startBucketServer(t);
  const settings = {
    QUARTET_ARTIFACTS: `s3://${place.bucket}/${place.prefix}`,
    QUARTET_S3_ENDPOINT: place.endpoint as string,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_REGION: 'eu-central-1',
  };
  const installation = await Installation.open(t, { settings, apart: true });
  for (const name of ['server 0', 'server 1']) await installation.serve(name);
  installation.work('worker 0');
  for (const name of ['server 0', 'server 1']) await installation.ready(name);
  const key = await installation.firstKey();
  const [one, two] = [installation.client('server 0', key), installation.client('server 1', key)];

  const corpus = makeCorpus(1_200, 5);
  const { dataset } = await one.mutate(CreateDatasetDocument, { name: 'shared' });
  const uploadIds = [await one.upload('pairs.jsonl', corpus.jsonl)];
  const columns = { query: 'question', positive: 'answer', split: 'split' };
  const begun = await two.mutate(ImportDatasetDocument, { datasetId: dataset.id, uploadIds, columns });
  await untilFinished(async () => (await two.query(ImportDocument, { id: begun.import.id })).import);
  const { dataset: filled } = await two.query(DatasetDocument, { name: 'shared' });
  assert.deepEqual(
    [filled?.itemCount, filled?.queryCount, filled?.relevanceCount],
    [corpus.answers.length, corpus.questions, corpus.judgements.length],
  );

  // Its worker and the worker's disk are lost in the middle: another one goes on from the checkpoint in the bucket.
  const { run } = await one.mutate(StartTrainingDocument, {
    datasetId: dataset.id,
    encoder: { textStatic: { dimensions: 32, vocabularySize: 2_000 } },
    batchSize: 32,
    epochs: 6,
    checkpointEvery: 20,
    seed: 7,
  });
  let struck = false;
  let goneBackTo = 0;
  let last = 0;
  for await (const event of two.runEvents(run.id)) {
    if (event.__typename !== 'RunStepEvent') continue;
    if (event.step <= last) goneBackTo = event.step;
    last = event.step;
    if (struck || event.step < 50) continue;
    struck = true;
    await installation.kill('worker 0');
    // Its child writes on for a moment.
    await rm(installation.dataDir('worker 0'), { recursive: true, force: true, maxRetries: 20 });
    installation.work('worker 1');
  }
  const { run: done } = await one.query(RunDocument, { id: run.id });
  assert.deepEqual([struck, done?.status, last], [true, 'SUCCEEDED', done?.totalSteps]);
  assert.ok(goneBackTo === 0 || goneBackTo > 20, `begun anew at step ${goneBackTo}`);

  const { index } = await two.mutate(BuildIndexDocument, { datasetId: dataset.id });
  await untilFinished(async () => (await one.query(IndexDocument, { id: index.id })).index);
  const input = { target: { datasetName: 'shared' }, query: { text: corpus.answers[5] as string }, k: 3 };
  const answer = (await one.query(SearchDocument, { input })).search.hits;
  assert.equal(answer[0]?.item.text, corpus.answers[5]);
  // With an empty disk it finds the same.
  await installation.kill('server 1', 'SIGTERM');
  await rm(installation.dataDir('server 1'), { recursive: true, force: true });
  const exports = join(installation.dataDir('server 1'), 'exports');
  await mkdir(exports, { recursive: true });
  await writeFile(join(exports, 'old.jsonl'), '');
  await utimes(join(exports, 'old.jsonl'), 0, 0);
  await installation.serve('server 1');
  assert.deepEqual((await two.query(SearchDocument, { input })).search.hits, answer);
  await until('a server without a worker tidies its own disk', async () => (await readdir(exports)).length === 0);

  // An export is begun at one server and goes on at the other.
  const exported = await one.query(ExportDocument, { name: 'shared' });
  const { pathname, search } = new URL(exported.dataset.exportUrl);
  const texts = await Promise.all(
    ['server 0', 'server 1'].map(async (name) => {
      const response = await fetch(`${installation.url(name)}${pathname}${search}`);
      assert.equal(response.status, 200);
      return await response.text();
    }),
  );
  assert.equal(texts[0], texts[1]);
  const lines = (texts[0] as string).trimEnd().split('\n');
  assert.deepEqual(new Set(lines.map((line) => (JSON.parse(line) as { text: string }).text)), new Set(corpus.answers));
  assert.equal(lines.length, corpus.answers.length);
});

test('a server whose bucket refuses its secret says so and ends', async (t) => {
  const { place } = await startBucketServer(t);
  const env = {
    ...process.env,
    DATABASE_URL: await testDatabaseUrl(t),
    QUARTET_DATA: '/nonexistent',
    QUARTET_ARTIFACTS: `s3://${place.bucket}/${place.prefix}`,
    QUARTET_S3_ENDPOINT: place.endpoint as string,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'wrong',
    AWS_REGION: 'eu-central-1',
  };
  const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
  const child = spawn(process.execPath, [cli, 'serve', '--port', '0'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  t.after(() => child.kill('SIGKILL'));
  const [told, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  assert.equal(code, 2, told);
  assert.match(told, /^quartet: s3:.* can't be used: .*; let the credentials read, write, list and delete there$/m);
});
