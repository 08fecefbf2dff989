import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { type TestServer, testServer } from './harness.ts';

const CONTENT = Buffer.from(Array.from({ length: 200_000 }, (_, n) => (n * 31) % 251));
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');

async function opened(server: TestServer, more: object = {}): Promise<{ id: string; url: string }> {
  const document =
    'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { upload { id url } userErrors { message field } } }';
  const { upload, userErrors } = (await server.ask(document, { input: { fileName: 'a.jsonl', ...more } })).createUpload;
  assert.deepEqual(userErrors, []);
  return upload;
}

const putPart = (
  url: string,
  first: number,
  end: number,
  { total = CONTENT.length, body = CONTENT.subarray(first, end) } = {},
) => fetch(url, { method: 'PUT', body, headers: { 'content-range': `bytes ${first}-${end - 1}/${total}` } });

const offsetOf = async (url: string) => {
  const { headers } = await fetch(url, { method: 'HEAD' });
  return [headers.get('upload-offset'), headers.get('upload-complete')];
};

test('an upload in parts goes on where it broke off, and is whole at the end', async (t) => {
  const server = await testServer(t);
  const { id, url } = await opened(server, { bytes: CONTENT.length, sha256: SHA256 });
  assert.deepEqual(await offsetOf(url), ['0', '?0']);
  const first = await putPart(url, 0, 50_000);
  assert.deepEqual([first.status, await first.json()], [200, { bytes: 50_000, sha256: null }]);

  const leave = new AbortController();
  async function* breaking() {
    yield CONTENT.subarray(50_000, 90_000);
    // Once the server has it.
    while ((await offsetOf(url))[0] !== '90000') await new Promise((resolve) => setTimeout(resolve, 20));
    leave.abort();
    yield CONTENT.subarray(90_000);
  }
  const headers = { 'content-range': `bytes 50000-${CONTENT.length - 1}/${CONTENT.length}` };
  const init = {
    method: 'PUT',
    headers,
    body: breaking() as never,
    duplex: 'half',
    signal: leave.signal,
  } as RequestInit;
  await assert.rejects(fetch(url, init));
  // The server may still be closing the part that broke off.
  let rest = await putPart(url, 90_000, CONTENT.length);
  for (; rest.status === 409; rest = await putPart(url, 90_000, CONTENT.length));
  assert.deepEqual([rest.status, await rest.json()], [200, { bytes: CONTENT.length, sha256: SHA256 }]);
  assert.deepEqual(await offsetOf(url), [String(CONTENT.length), '?1']);
  // The answer got lost, so it is sent again.
  assert.equal((await putPart(url, 90_000, CONTENT.length)).status, 200);
  const { node } = await server.ask('query ($id: ID!) { node(id: $id) { ... on Upload { complete bytes sha256 } } }', {
    id,
  });
  assert.deepEqual(node, { complete: true, bytes: CONTENT.length, sha256: SHA256 });
  assert.deepEqual((await readdir(join(server.dataDir, 'uploads'))).length, 1);
});

test('a part that does not follow, or is no part, is refused, and what has come stays', async (t) => {
  const server = await testServer(t);
  const { url } = await opened(server);
  await putPart(url, 0, 1_000);
  const gap = await putPart(url, 2_000, 3_000);
  assert.equal(gap.status, 409);
  assert.match(((await gap.json()) as { message: string }).message, /has 1000 bytes.*go on from 1000/);
  assert.equal((await putPart(url, 0, 1_000)).status, 409);
  for (const range of ['bytes 5-2/10', 'bytes 0-10/10', 'bytes */10', 'items 0-1/2', `bytes 0-${'9'.repeat(20)}/1`]) {
    const refused = await fetch(url, { method: 'PUT', body: 'x', headers: { 'content-range': range } });
    assert.deepEqual([refused.status, ((await refused.json()) as { code: string }).code], [400, 'BAD_INPUT'], range);
  }
  // More than the part was to have.
  const more = await putPart(url, 1_000, 1_100, { body: CONTENT.subarray(1_000, 2_000) });
  assert.equal(more.status, 413);
  assert.deepEqual(await offsetOf(url), ['1000', '?0']);
  assert.equal((await fetch(url.replace(/token=.*/, 'token=guess'), { method: 'HEAD' })).status, 404);
});

test('whoever sends a large body in vain gets the answer that says why, and no broken connection', async (t) => {
  const server = await testServer(t, { auth: true });
  const { createUpload } = await server.ask(
    'mutation { createUpload(input: {fileName: "a.jsonl", bytes: 1000}) { upload { url } } }',
    {},
    server.localKey,
  );
  const { url } = createUpload.upload;
  const port = Number(new URL(server.url).port);
  const body = Buffer.alloc(8 << 20);
  /** Sends, and reads only after a while, as a client on another machine does. */
  const statusOf = async (method: string, path: string) => {
    const socket = connect(port, '127.0.0.1');
    t.after(() => socket.destroy());
    const lost = new Promise<string[]>((resolve) => socket.on('error', ({ message }) => resolve([message])));
    const head = ['host: a', 'content-type: application/json', `content-length: ${body.length}`].join('\r\n');
    socket.write(`${method} ${path} HTTP/1.1\r\n${head}\r\n\r\n`);
    socket.write(body);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const [first] = await Promise.race([lost, once(socket, 'data')]);
    return String(first).slice(0, 12);
  };
  const path = url.slice(server.url.length);
  assert.equal(await statusOf('PUT', path.replace(/token=.*/, 'token=guess')), 'HTTP/1.1 404');
  assert.equal(await statusOf('PUT', path), 'HTTP/1.1 413');
  assert.equal(await statusOf('POST', '/graphql'), 'HTTP/1.1 401');

  // Who goes on and on is not listened to for ever.
  const endless = connect(port, '127.0.0.1');
  endless.on('error', () => {});
  const ended = new Promise<void>((resolve) => endless.once('close', () => resolve()));
  endless.write(
    'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9999999\r\n\r\n',
  );
  const sending = setInterval(() => endless.write('x'), 100);
  t.after(() => clearInterval(sending));
  await ended;
});

test('what is not as it was announced is refused and not kept', async (t) => {
  const server = await testServer(t);
  const other = await opened(server, { sha256: SHA256 });
  const wrong = await fetch(other.url, { method: 'PUT', body: CONTENT.subarray(1) });
  assert.equal(wrong.status, 400);
  assert.match(
    ((await wrong.json()) as { message: string }).message,
    /announced were .* SHA-256 [0-9a-f]{64}; send it again/,
  );
  assert.deepEqual(await readdir(join(server.dataDir, 'uploads')), []);
  assert.equal((await fetch(other.url, { method: 'PUT', body: CONTENT })).status, 200);

  const { url } = await opened(server, { bytes: 1_000 });
  assert.equal((await fetch(url, { method: 'PUT', body: CONTENT })).status, 413);
  assert.equal((await fetch(url, { method: 'PUT', body: CONTENT.subarray(0, 999) })).status, 400);
  assert.equal((await putPart(url, 0, 500)).status, 413);
  assert.equal((await fetch(url, { method: 'PUT', body: CONTENT.subarray(0, 1_000) })).status, 200);
});
