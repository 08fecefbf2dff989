import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { toGlobalId } from '../../src/api/global-ids.ts';
import { testServer } from './harness.ts';

const CREATE = `mutation ($input: CreateDatasetInput!) {
  createDataset(input: $input) { dataset { id name itemCount } userErrors { field message code } }
}`;
const nowhere = '0198b3f0-0000-7000-8000-0123456789ab';

test('a dataset is created, found by id, name and node, and deleted', async (t) => {
  const server = await testServer(t);
  const { createDataset } = await server.ask(CREATE, { input: { name: 'faq' } });
  assert.deepEqual(createDataset.userErrors, []);
  const { id } = createDataset.dataset;
  const found = await server.ask(
    `query ($id: ID!) {
      byId: dataset(id: $id) { id } byName: dataset(name: "faq") { id } none: dataset(name: "nope") { id }
      node(id: $id) { __typename id ... on Dataset { name } }
    }`,
    { id },
  );
  assert.deepEqual(found, {
    byId: { id },
    byName: { id },
    none: null,
    node: { __typename: 'Dataset', id, name: 'faq' },
  });
  const DELETE =
    'mutation ($id: ID!) { deleteDataset(input: {datasetId: $id}) { deletedDatasetId userErrors { code field } } }';
  assert.equal((await server.ask(DELETE, { id })).deleteDataset.deletedDatasetId, id);
  const { deleteDataset } = await server.ask(DELETE, { id });
  assert.deepEqual(deleteDataset, {
    deletedDatasetId: null,
    userErrors: [{ code: 'NOT_FOUND', field: ['input', 'datasetId'] }],
  });
});

test('what a caller did wrong in a mutation comes as user errors with field, code and remedy', async (t) => {
  const server = await testServer(t);
  const { createDataset } = await server.ask(CREATE, { input: { name: 'faq' } });
  const again = await server.ask(CREATE, { input: { name: 'faq' } });
  assert.equal(again.createDataset.dataset, null);
  assert.deepEqual(
    again.createDataset.userErrors.map(({ code, field }: { code: string; field: string[] }) => [code, ...field]),
    [['CONFLICT', 'input', 'name']],
  );
  const { upload } = await server
    .ask('mutation { createUpload(input: {fileName: "a"}) { upload { id } } }')
    .then((data) => data.createUpload);
  const START = `mutation ($input: StartTrainingInput!) {
    startTraining(input: $input) { run { id } userErrors { field message code } }
  }`;
  const refusals: [object, string[], RegExp][] = [
    [
      { datasetId: createDataset.dataset.id, batchSize: 1 },
      ['input', 'batchSize'],
      /batchSize must be at least 2, got 1/,
    ],
    [
      { datasetId: createDataset.dataset.id, encoder: { textStatic: { dimensions: 12 } } },
      ['input', 'encoder', 'textStatic', 'dimensions'],
      /a multiple of 8, got 12/,
    ],
    [
      { datasetId: createDataset.dataset.id, paradigm: { inBatchNegatives: { temperature: 2 } } },
      ['input', 'paradigm', 'inBatchNegatives', 'temperature'],
      /at most 1, got 2/,
    ],
    [{ datasetId: 'x' }, ['input', 'datasetId'], /is not a global id/],
    [{ datasetId: upload.id }, ['input', 'datasetId'], /is the id of an Upload/],
    [{ datasetId: toGlobalId('Encoder', nowhere) }, ['input', 'datasetId'], /may have been deleted/],
    [{ datasetId: toGlobalId('Dataset', nowhere) }, ['input', 'datasetId'], /may have been deleted/],
    [{ datasetId: createDataset.dataset.id }, ['input', 'datasetId'], /import pairs/],
  ];
  for (const [input, field, message] of refusals) {
    const { run, userErrors } = (await server.ask(START, { input })).startTraining;
    assert.equal(run, null);
    assert.deepEqual(userErrors[0].field, field);
    assert.match(userErrors[0].message, message);
  }
});

test('an idempotency key gives the first answer again, and refuses other input', async (t) => {
  const server = await testServer(t);
  const first = await server.ask(CREATE, { input: { name: 'faq', idempotencyKey: 'k1' } });
  const again = await server.ask(CREATE, { input: { name: 'faq', idempotencyKey: 'k1' } });
  assert.deepEqual(again, first);
  const other = await server.ask(CREATE, { input: { name: 'docs', idempotencyKey: 'k1' } });
  assert.equal(other.createDataset.userErrors[0].code, 'CONFLICT');
  assert.deepEqual(other.createDataset.userErrors[0].field, ['input', 'idempotencyKey']);
  const { datasets } = await server.ask('{ datasets { nodes { name } } }');
  assert.deepEqual(datasets.nodes, [{ name: 'faq' }]);
  await server.ask('mutation ($id: ID!) { deleteDataset(input: {datasetId: $id}) { deletedDatasetId } }', {
    id: first.createDataset.dataset.id,
  });
  const late = (await server.ask(CREATE, { input: { name: 'faq', idempotencyKey: 'k1' } })).createDataset;
  assert.deepEqual([late.dataset, late.userErrors[0]?.code], [null, 'NOT_FOUND'], 'what it made is gone, and so told');
});

test('pages of a connection give every dataset once, in order of name', async (t) => {
  const server = await testServer(t);
  const names = Array.from({ length: 7 }, (_, i) => `set ${i}`);
  for (const name of names.toReversed()) await server.ask(CREATE, { input: { name } });
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const { datasets } = await server.ask(
      'query ($after: String) { datasets(first: 3, after: $after) { nodes { name } edges { cursor } pageInfo { hasNextPage endCursor } } }',
      { after },
    );
    assert.equal(datasets.edges.at(-1).cursor, datasets.pageInfo.endCursor);
    seen.push(...datasets.nodes.map(({ name }: { name: string }) => name));
    after = datasets.pageInfo.hasNextPage ? datasets.pageInfo.endCursor : null;
  } while (after !== null);
  assert.deepEqual(seen, names);
});

test('in queries malformed ids, cursors and pages are errors with a code, and unknown ids are null', async (t) => {
  const server = await testServer(t);
  const { createDataset } = await server.ask(CREATE, { input: { name: 'faq' } });
  const refused: [string, string][] = [
    ['{ node(id: "nonsense") { id } }', 'BAD_INPUT'],
    [`{ run(id: "${createDataset.dataset.id}") { id } }`, 'BAD_INPUT'],
    ['{ datasets(after: "nonsense") { nodes { id } } }', 'BAD_INPUT'],
    ['{ datasets(first: 101) { nodes { id } } }', 'BAD_INPUT'],
    ['{ nodes(ids: []) { id } }', 'BAD_INPUT'],
    ['{ dataset { id } }', 'BAD_INPUT'],
    ['{ search(input: {target: {datasetName: "nope"}, query: {text: "x"}}) { tookMs } }', 'NOT_FOUND'],
    ['{ search(input: {target: {datasetName: "a\\u0000b"}, query: {text: "x"}}) { tookMs } }', 'NOT_FOUND'],
  ];
  for (const [query, code] of refused) {
    const { errors } = await server.send(query);
    assert.equal(errors?.[0]?.extensions.code, code, query);
  }
  const ids = (['Dataset', 'TrainingRun', 'Encoder', 'IndexVersion', 'Import', 'Evaluation', 'Upload'] as const).map(
    (type) => toGlobalId(type, nowhere),
  );
  const { nodes } = await server.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids: [...ids, toGlobalId('Item', 1), toGlobalId('DatasetQuery', 1)],
  });
  assert.deepEqual(nodes, new Array(9).fill(null));
});

test('a vector that is none is refused with the reason and without repeating it', async (t) => {
  const server = await testServer(t);
  const floats = (...values: number[]) => Buffer.from(Float32Array.from(values).buffer).toString('base64');
  const refused: [unknown, RegExp][] = [
    [floats(1, Number.NaN), /^Number 1 of the vector is not a finite float32 value\.$/],
    [[1e308], /^Number 0 of the vector is not a finite/],
    [floats(1).slice(0, 4), /multiple of 4/],
    ['!!!', /not valid base64/],
    [[], /0 numbers/],
    [['a'], /list of numbers or the base64/],
    [7, /list of numbers or the base64/],
  ];
  for (const [vector, message] of refused) {
    const { status, errors } = await server.send(
      'query ($v: Vector!) { search(input: {target: {datasetName: "a"}, query: {vector: $v}}) { tookMs } }',
      { v: vector },
    );
    assert.deepEqual([status, errors?.[0]?.extensions.code], [400, 'BAD_INPUT'], String(vector));
    assert.match(errors?.[0]?.message ?? '', message);
  }
  assert.deepEqual(server.logged, [], 'none is a fault of the server');
});

test('a dataset is deleted on condition that nothing uses it', async (t) => {
  const server = await testServer(t);
  const { createDataset } = await server.ask(CREATE, { input: { name: 'faq' } });
  const datasetId = createDataset.dataset.id;
  const remove = async () =>
    (
      await server.ask(
        `mutation ($id: ID!) {
          deleteDataset(input: {datasetId: $id, onlyIfUnused: true}) { deletedDatasetId userErrors { code field } }
        }`,
        { id: datasetId },
      )
    ).deleteDataset;
  const uploadId = await server.upload('a.csv', 'text\nhello\n');
  await server.ask(`mutation ($input: ImportDatasetInput!) { importDataset(input: $input) { import { id } } }`, {
    input: { datasetId, uploadIds: [uploadId] },
  });
  // Nobody works here: the import waits.
  assert.deepEqual((await remove()).userErrors, [{ code: 'CONFLICT', field: ['input', 'onlyIfUnused'] }]);
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  await client.query(`UPDATE "Import" SET status = 'FAILED'`);
  await client.end();
  assert.equal((await remove()).deletedDatasetId, datasetId);
  assert.equal((await remove()).userErrors[0].code, 'NOT_FOUND');
});

test('a fault of the server shows neither stack nor SQL, only a reference to its log', async (t) => {
  const server = await testServer(t);
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  await client.query('ALTER TABLE "Dataset" RENAME COLUMN name TO renamed');
  await client.end();
  const { data, errors } = await server.send('{ datasets { nodes { id } } }');
  assert.equal(data ?? null, null);
  assert.equal(errors?.length, 1);
  assert.deepEqual(Object.keys(errors?.[0]?.extensions ?? {}), ['code']);
  assert.equal(errors?.[0]?.extensions.code, 'INTERNAL');
  const reference = /has it as ([0-9a-f-]{36})\.$/.exec(errors?.[0]?.message ?? '')?.[1];
  const entry = server.logged.find((line) => line.reference === reference);
  assert.match(JSON.stringify(entry), /renamed|does not exist/, 'the log has the real error');
});

test('a malformed request is told what is wrong, without suggestions from the schema', async (t) => {
  const server = await testServer(t);
  const { errors, status } = await server.send('{ dataset(name: "x") { itemCoun } }');
  assert.equal(status, 400);
  assert.match(errors?.[0]?.message ?? '', /Cannot query field "itemCoun"/);
  assert.doesNotMatch(errors?.[0]?.message ?? '', /Did you mean/);
  const both = await server.send(
    '{ search(input: {target: {datasetName: "a", datasetId: "b"}, query: {text: "x"}}) { tookMs } }',
  );
  assert.equal(both.errors?.[0]?.extensions.code, 'GRAPHQL_VALIDATION_FAILED');
  // Each fragment doubles the one before.
  const fragments = Array.from({ length: 24 }, (_, i) => {
    const inner = `items { nodes { dataset { ...F${i} } } }`;
    return `fragment F${i + 1} on Dataset { a: ${inner} b: ${inner} }`;
  });
  const deep = await server.send(
    `{ dataset(name: "x") { ...F24 } } fragment F0 on Dataset { id } ${fragments.join(' ')}`,
  );
  assert.equal(deep.status, 400);
  assert.match(deep.errors?.[0]?.message ?? '', /asks for more than 20000 fields/);
});

test('requests that a foreign web page could send are refused', async (t) => {
  const { url } = await testServer(t);
  const query = JSON.stringify({ query: '{ server { version } }' });
  const plain = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: query,
  });
  assert.equal(plain.status, 400);
  const get = await fetch(`${url}/graphql?query=${encodeURIComponent('{ server { version } }')}`);
  assert.equal(get.status, 400);
});

test('a browser gets a page that needs nothing from elsewhere, a probe an answer', async (t) => {
  const { url } = await testServer(t);
  const page = await fetch(`${url}/`, { headers: { accept: 'text/html' } });
  const html = await page.text();
  assert.match(html, /<title>Quartet<\/title>/);
  assert.doesNotMatch(html, /https?:\/\//);
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  const alive = (await (await fetch(`${url}/livez`)).json()) as { status: string };
  assert.equal(alive.status, 'ok');
  assert.equal((await fetch(`${url}/nowhere`)).status, 404);
});
