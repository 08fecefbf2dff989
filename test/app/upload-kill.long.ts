import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, utimes } from 'node:fs/promises';
import { type ClientRequest, request } from 'node:http';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createRandom } from '../../src/platform/random.ts';
import { until } from '../support/embedded-server.ts';
import { makeCorpus } from './kill/corpus.ts';
import { Imports } from './kill/imports.ts';
import { PatientClient } from './kill/patient-client.ts';
import { ServedApp } from './kill/served-app.ts';
import { Strikes } from './kill/strikes.ts';

async function open(t: TestContext) {
  const app = await ServedApp.open(t);
  const client = new PatientClient(app);
  app.start();
  const corpus = makeCorpus(20_000, 9);
  const content = Buffer.from(corpus.jsonl);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const opened = async () => {
    const announced = { fileName: 'pairs.jsonl', bytes: content.length, sha256 };
    const { upload } = await client.mutate('createUpload', 'upload { id url }', announced);
    const { pathname, search } = new URL(upload.url);
    return { id: upload.id as string, path: `${pathname}${search}` };
  };
  /** Begins to send bytes `from` to the end, and stops for good after those before `until`. */
  const sendSome = async (path: string, from: number, until: number, ranged: boolean): Promise<ClientRequest> => {
    const sending = request(`${await app.url()}${path}`, {
      method: 'PUT',
      headers: {
        'content-length': content.length - from,
        ...(ranged ? { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` } : {}),
      },
    });
    sending.on('error', () => {});
    if (!sending.write(content.subarray(from, until))) await once(sending, 'drain').catch(() => {});
    return sending;
  };
  const progress = async (path: string) => {
    const { headers } = await fetch(`${await app.url()}${path}`, { method: 'HEAD' });
    return { offset: Number(headers.get('upload-offset')), complete: headers.get('upload-complete') };
  };
  const isUp = () =>
    until('it answers', () =>
      app
        .url()
        .then(async (url) => (await fetch(`${url}/livez`)).ok)
        .catch(() => false),
    );
  const restart = async () => {
    await app.killServer();
    app.start();
    await isUp();
  };
  const files = () => readdir(join(app.dataDir, 'uploads'));
  return { app, client, corpus, content, sha256, opened, sendSome, progress, restart, files };
}

test('a server killed in the middle of an upload: it goes on at the next one, and what is imported is neither doubled nor lost', async (t) => {
  const { app, client, corpus, content, opened, sendSome, progress, restart, files } = await open(t);
  const { id, path } = await opened();
  const random = createRandom(3);
  for (let kill = 1; kill <= 3; kill++) {
    const { offset } = await progress(path);
    const rest = content.length - offset;
    await sendSome(path, offset, offset + Math.ceil(rest * (0.2 + 0.5 * random.next())), true);
    await until('some of it has come', async () => (await progress(path)).offset > offset);
    await restart();
    const after = await progress(path);
    assert.ok(
      after.offset > offset && after.offset < content.length,
      `${offset} to ${after.offset} of ${content.length}`,
    );
    assert.equal(after.complete, '?0');
    t.diagnostic(`killed ${kill} times: ${after.offset} of ${content.length} bytes have come`);
  }
  assert.deepEqual(
    (await files()).map((name) => name.slice(0, 5)),
    ['part-'],
  );
  const { offset } = await progress(path);
  const put = async () => {
    const response = await fetch(`${await app.url()}${path}`, {
      method: 'PUT',
      body: content.subarray(offset),
      headers: { 'content-range': `bytes ${offset}-${content.length - 1}/${content.length}` },
    });
    return [response.status, ((await response.json()) as { bytes: number }).bytes];
  };
  assert.deepEqual(await put(), [200, content.length]);
  await restart();
  assert.deepEqual(await progress(path), { offset: content.length, complete: '?1' });
  assert.deepEqual(await put(), [200, content.length], 'sent again, as by a client that has not heard the answer');
  assert.equal((await files()).length, 1);

  const imports = new Imports(app, client, corpus);
  const { dataset } = await client.mutate('createDataset', 'dataset { id }', { name: 'resumed' });
  const columns = { query: 'question', positive: 'answer', split: 'split' };
  const begun = await client.mutate('importDataset', 'import { id }', {
    datasetId: dataset.id,
    uploadIds: [id],
    columns,
  });
  await restart();
  await new Strikes(app, imports, random, { job: 0, child: 0 }).ended(begun.import.id);
  await imports.check(begun.import.id);
});

test('an upload that came without parts begins anew after a kill, and what was left of it goes with time', async (t) => {
  const { app, content, opened, sendSome, progress, restart, files } = await open(t);
  await until('it answers', async () => (await app.url()) !== undefined);
  const { path } = await opened();
  await sendSome(path, 0, content.length / 2, false);
  await until('it writes', async () => (await files().catch(() => [])).length === 1);
  await restart();
  assert.deepEqual(await progress(path), { offset: 0, complete: '?0' });
  const sent = await fetch(`${await app.url()}${path}`, { method: 'PUT', body: content });
  assert.equal(sent.status, 200);
  const left = (await files()).filter((name) => name.startsWith('tmp-'));
  assert.equal(left.length, 1);
  const long = new Date(Date.now() - 2 * 24 * 3_600_000);
  await utimes(join(app.dataDir, 'uploads', String(left[0])), long, long);
  await restart();
  await until('it is tidied up', async () => (await files()).every((name) => !name.startsWith('tmp-')));
  assert.equal((await files()).length, 1);
});
