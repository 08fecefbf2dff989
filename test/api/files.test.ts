import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { finished, testServer } from './harness.ts';

const OPEN = `mutation { createUpload(input: {fileName: "a.jsonl"}) { upload { id url complete bytes sha256 } userErrors { message } } }`;

test('an upload is streamed to its address, and only with its token', async (t) => {
  const server = await testServer(t);
  const { upload } = (await server.ask(OPEN)).createUpload;
  assert.deepEqual([upload.complete, upload.bytes, upload.sha256], [false, 0, null]);
  const stranger = await fetch(upload.url.replace(/token=.*/, 'token=guess'), { method: 'PUT', body: 'x' });
  assert.equal(stranger.status, 404);
  assert.equal(((await stranger.json()) as { code: string }).code, 'NOT_FOUND');

  const piece = Buffer.alloc(1 << 20, 'q');
  const pieces = 20;
  async function* body() {
    for (let i = 0; i < pieces; i++) yield piece;
  }
  const response = await fetch(upload.url, { method: 'PUT', body: body() as never, duplex: 'half' } as RequestInit);
  const hash = createHash('sha256');
  for (let i = 0; i < pieces; i++) hash.update(piece);
  const sha256 = hash.digest('hex');
  assert.deepEqual(await response.json(), { bytes: pieces * piece.length, sha256 });
  const { node } = await server.ask(
    'query ($id: ID!) { node(id: $id) { ... on Upload { complete bytes sha256 url } } }',
    {
      id: upload.id,
    },
  );
  assert.deepEqual(node, { complete: true, bytes: pieces * piece.length, sha256, url: null });
});

test('behind a proxy that ends TLS links are of the address that the client sees', async (t) => {
  const server = await testServer(t);
  const linkFor = async (headers: Readonly<Record<string, string>>) => {
    const body = JSON.stringify({ query: OPEN });
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    const { data } = (await response.json()) as { data: { createUpload: { upload: { url: string } } } };
    return new URL(data.createUpload.upload.url).origin;
  };
  assert.equal(await linkFor({}), server.url);
  assert.equal(await linkFor({ 'x-forwarded-proto': 'https' }), server.url.replace('http:', 'https:'));
  assert.equal(await linkFor({ 'x-forwarded-proto': 'https, http' }), server.url.replace('http:', 'https:'));
  assert.equal(await linkFor({ 'x-forwarded-proto': 'javascript' }), server.url);
});

test('a sender who goes away half way leaves the upload open', async (t) => {
  const server = await testServer(t);
  const { upload } = (await server.ask(OPEN)).createUpload;
  const leave = new AbortController();
  async function* body() {
    yield Buffer.alloc(100_000);
    leave.abort();
    yield Buffer.alloc(100_000);
  }
  await assert.rejects(
    fetch(upload.url, { method: 'PUT', body: body() as never, duplex: 'half', signal: leave.signal } as RequestInit),
  );
  const whole = await fetch(upload.url, { method: 'PUT', body: '{"text": "a"}\n' });
  assert.equal(whole.status, 200);
  assert.deepEqual(
    server.logged.filter(({ level }) => Number(level) >= 50),
    [],
  );
});

test('rows that could not be taken can be fetched as a report', async (t) => {
  const server = await testServer(t, { worker: true });
  const { createDataset } = await server.ask('mutation { createDataset(input: {name: "d"}) { dataset { id } } }');
  const uploadId = await server.upload('rows.jsonl', '{"text": "good"}\n{"text": \n{"text": "good too"}\n');
  const { importDataset } = await server.ask(
    'mutation ($input: ImportDatasetInput!) { importDataset(input: $input) { import { id status } userErrors { message } } }',
    { input: { datasetId: createDataset.dataset.id, uploadIds: [uploadId], columns: { text: 'text' } } },
  );
  assert.equal(importDataset.import.status, 'QUEUED');
  const done = await finished(server, 'import', importDataset.import.id, 'rowsRead rowsSkipped itemsAdded reportUrl');
  assert.deepEqual([done.status, done.rowsRead, done.rowsSkipped, done.itemsAdded], ['SUCCEEDED', 3, 1, 2]);
  const lines = (await (await fetch(done.reportUrl)).text()).trim().split('\n');
  assert.equal(lines.length, 1);
  const { file, line } = JSON.parse(lines[0] as string);
  assert.deepEqual({ file, line }, { file: 'rows.jsonl', line: 2 });
  assert.equal((await fetch(done.reportUrl.replace(/token=.*/, 'token=guess'))).status, 404);
  assert.equal((await fetch(`${server.url}/imports/nonsense/report`)).status, 400);
});
