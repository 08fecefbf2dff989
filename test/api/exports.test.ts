import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { type TestServer, testServer } from './harness.ts';

const COUNT = 2_500;

async function seeded(server: TestServer): Promise<string> {
  const { createDataset } = await server.ask('mutation { createDataset(input: {name: "my data"}) { dataset { id } } }');
  const datasetId = createDataset.dataset.id;
  const items = Array.from({ length: COUNT }, (_, n) => ({
    externalId: `doc-${n}`,
    text: `text "${n}" ü 💥\n`,
    ...(n % 2 === 0 ? { label: `l${n % 3}` } : {}),
    metadata: { n, nested: { deep: [n] } },
  }));
  const document = 'mutation ($input: UpsertItemsInput!) { upsertItems(input: $input) { userErrors { message } } }';
  for (let from = 0; from < COUNT; from += 1_000) {
    await server.ask(document, { input: { datasetId, items: items.slice(from, from + 1_000) } });
  }
  return datasetId;
}

async function addressOf(server: TestServer, id: string, content: string, format: string): Promise<string> {
  const query = `query ($id: ID!) { dataset(id: $id) { exportUrl(content: ${content}, format: ${format}) } }`;
  return (await server.ask(query, { id })).dataset.exportUrl;
}

test('items come as JSON lines and as Parquet, whole, with their hash, and from any byte on', async (t) => {
  const server = await testServer(t);
  const id = await seeded(server);
  const url = await addressOf(server, id, 'ITEMS', 'JSONL');
  const response = await fetch(url);
  assert.equal(response.status, 200);
  assert.match(String(response.headers.get('content-disposition')), /filename="my_data-items\.jsonl"/);
  const bytes = Buffer.from(await response.arrayBuffer());
  assert.equal(Number(response.headers.get('content-length')), bytes.length);
  const digest = `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;
  assert.equal(response.headers.get('repr-digest'), digest);
  const rows = bytes
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.equal(rows.length, COUNT);
  assert.deepEqual(rows[3], { id: 'doc-3', text: 'text "3" ü 💥\n', metadata: { n: 3, nested: { deep: [3] } } });
  assert.equal(rows[4].label, 'l1');

  const etag = String(response.headers.get('etag'));
  const rest = await fetch(url, { headers: { range: 'bytes=1000-', 'if-range': etag } });
  assert.equal(rest.status, 206);
  assert.deepEqual(Buffer.from(await rest.arrayBuffer()), bytes.subarray(1_000));

  const parquet = await (await fetch(await addressOf(server, id, 'ITEMS', 'PARQUET'))).arrayBuffer();
  const read = await parquetReadObjects({ file: parquet, compressors });
  assert.deepEqual(
    read.map((row) => [row.id, row.text, row.label ?? null, JSON.parse(String(row.metadata))]),
    rows.map((row) => [row.id, row.text, row.label ?? null, row.metadata]),
  );

  // The dataset changes: a broken download goes on with the bytes it began with, a new one has those of now.
  await server.ask('mutation ($input: DeleteItemsInput!) { deleteItems(input: $input) { userErrors { message } } }', {
    input: { datasetId: id, externalIds: ['doc-0'] },
  });
  const later = await fetch(url, { headers: { range: 'bytes=1000-', 'if-range': etag } });
  assert.equal(later.status, 206);
  assert.deepEqual(Buffer.from(await later.arrayBuffer()), bytes.subarray(1_000));
  const changed = await fetch(url);
  assert.equal((await changed.text()).trimEnd().split('\n').length, COUNT - 1);
  const strange = await fetch(url, { headers: { range: 'bytes=1000-', 'if-range': '"../../x.jsonl"' } });
  assert.equal(strange.status, 200);
});

test('pairs of a dataset without any are an empty file; a wrong address is that of nothing', async (t) => {
  const server = await testServer(t);
  const { createDataset } = await server.ask('mutation { createDataset(input: {name: "d"}) { dataset { id } } }');
  const url = await addressOf(server, createDataset.dataset.id, 'PAIRS', 'JSONL');
  assert.equal(await (await fetch(url)).text(), '');
  const parquet = await (
    await fetch(await addressOf(server, createDataset.dataset.id, 'PAIRS', 'PARQUET'))
  ).arrayBuffer();
  assert.deepEqual(await parquetReadObjects({ file: parquet, compressors }), []);
  for (const [from, to, status] of [
    [/token=[^&]+/, 'token=guess', 404],
    [/content=pairs/, 'content=items', 404],
    [/expires=\d+/, 'expires=99999999999', 404],
    [/content=pairs/, 'content=../../etc/passwd', 400],
    [/exports\/[^?]+/, 'exports/..%2f..%2fetc%2fpasswd', 400],
  ] as const) {
    assert.equal((await fetch(url.replace(from, to))).status, status, to);
  }
});
