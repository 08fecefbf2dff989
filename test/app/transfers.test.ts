import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Connection } from '../../src/app/client/connection.ts';
import { saveDownload } from '../../src/app/client/save-download.ts';
import { uploadFile } from '../../src/app/client/upload-file.ts';
import { main } from '../../src/app/program.ts';
import { QuartetClient } from '../../src/client/index.ts';
import { type TestServer, testServer } from '../api/harness.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'quartet-transfer-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function withItems(server: TestServer): Promise<string> {
  const { createDataset } = await server.ask('mutation { createDataset(input: {name: "faq"}) { dataset { id } } }');
  const { id } = createDataset.dataset;
  const items = Array.from({ length: 200 }, (_, n) => ({ externalId: `a${n}`, text: `answer ${n}` }));
  const document = 'mutation ($input: UpsertItemsInput!) { upsertItems(input: $input) { userErrors { message } } }';
  await server.ask(document, { input: { datasetId: id, items } });
  return (await server.ask('query ($id: ID!) { dataset(id: $id) { exportUrl(content: ITEMS) } }', { id })).dataset
    .exportUrl;
}

test('a file is sent from where the server has it, by a second command too, and once it is there not again', async (t) => {
  const server = await testServer(t);
  const folder = await temporaryFolder(t);
  const path = join(folder, 'faq.jsonl');
  const content = Buffer.from(Array.from({ length: 300_000 }, (_, n) => 32 + (n % 90)));
  await writeFile(path, content);
  const file = { path, name: 'faq.jsonl', bytes: content.length };

  // A command that gets as far as opening the upload and sending some of it.
  class Interrupted extends Connection {
    override async putFrom(url: string): Promise<void> {
      const headers = { 'content-range': `bytes 0-99999/${content.length}` };
      const sent = await fetch(url, { method: 'PUT', headers, body: content.subarray(0, 100_000) });
      assert.equal(sent.status, 200);
      throw new Error('interrupted');
    }
  }
  await assert.rejects(
    uploadFile(new Interrupted(server.url), file, () => {}),
    /interrupted/,
  );
  const sent: number[] = [];
  const id = await uploadFile(new Connection(server.url), file, (bytes) => sent.push(bytes));
  assert.deepEqual([sent[0], sent.at(-1)], [100_000, content.length]);
  const { node } = await server.ask('query ($id: ID!) { node(id: $id) { ... on Upload { complete sha256 } } }', { id });
  assert.deepEqual(node, { complete: true, sha256: sha256(content) });

  const again: number[] = [];
  assert.equal(await uploadFile(new Connection(server.url), file, (bytes) => again.push(bytes)), id);
  assert.deepEqual(again, [content.length]);
  // Other content is another upload, and so is one that was swept away.
  await writeFile(path, content.subarray(1));
  const other = { ...file, bytes: content.length - 1 };
  const second = await uploadFile(new Connection(server.url), other, () => {});
  assert.notEqual(second, id);
});

test('a download goes on where it broke off, within a process and after it', async (t) => {
  const server = await testServer(t);
  const url = await withItems(server);
  const whole = Buffer.from(await (await fetch(url)).arrayBuffer());

  let connections = 0;
  const tearing: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const body = response.body as ReadableStream<Uint8Array>;
    connections++;
    const reader = body.getReader();
    let passed = 0;
    const torn = new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (passed > 0) return controller.error(new TypeError('terminated'));
        const { value } = await reader.read();
        passed = Math.min(1_000, value?.length ?? 0);
        if (value !== undefined) controller.enqueue(value.subarray(0, passed));
        else controller.close();
      },
      cancel: () => reader.cancel(),
    });
    return new Response(torn, { status: response.status, headers: response.headers });
  };
  const client = new QuartetClient({ url: server.url, fetch: tearing, retry: { base: 1, cap: 2 } });
  const download = await client.download(url);
  assert.deepEqual([download.size, download.sha256, download.offset], [whole.length, sha256(whole), 0]);
  const pieces: Uint8Array[] = [];
  for await (const piece of download.bytes) pieces.push(piece);
  assert.deepEqual(Buffer.concat(pieces), whole);
  assert.equal(connections, Math.ceil(whole.length / 1_000));

  const folder = await temporaryFolder(t);
  const output = join(folder, 'faq.jsonl');
  const connection = new Connection(server.url);
  for (const there of [1_500, whole.length]) {
    await writeFile(`${output}.${download.tag}.partial`, whole.subarray(0, there));
    const got: number[] = [];
    const saved = await saveDownload(connection, url, { output, onBytes: (done) => got.push(done) });
    assert.deepEqual([saved, got[0]], [{ path: output, bytes: whole.length, sha256: sha256(whole) }, there]);
    assert.deepEqual(await readFile(output), whole);
    assert.deepEqual(await readdir(folder), ['faq.jsonl']);
  }
  // What is there is not what it says.
  await writeFile(`${output}.${download.tag}.partial`, Buffer.alloc(1_500));
  await assert.rejects(saveDownload(connection, url, { output, onBytes: () => {} }), /SHA-256 .* announced/);
  assert.deepEqual(await readdir(folder), ['faq.jsonl']);
});

test('the command line exports a dataset, and says what is not there yet', async (t) => {
  const server = await testServer(t);
  await withItems(server);
  const folder = await temporaryFolder(t);
  const output = join(folder, 'faq.parquet');
  const at = ['--url', server.url, '--dataset', 'faq', '--json'];
  const printed: string[] = [];
  t.mock.method(process.stdout, 'write', (text: string) => printed.push(text) > 0);
  const quartet = (...words: readonly string[]) => main(['node', 'quartet', 'export', ...words, ...at]);
  const done = await quartet('--output', output);
  const missing = [await quartet('--content', 'negatives'), await quartet('--content', 'embeddings')];
  t.mock.restoreAll();
  assert.deepEqual([done, ...missing], [0, 2, 2]);
  assert.equal((await readFile(output)).subarray(0, 4).toString(), 'PAR1');
  const [saved, negatives, embeddings] = printed
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  assert.equal(saved.path, output);
  assert.match(negatives.error.message, /quartet mine --dataset faq/);
  assert.match(embeddings.error.message, /quartet index --dataset faq/);
});
