import assert from 'node:assert/strict';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { toGlobalId } from '../../../src/api/global-ids.ts';
import { type TestServer, testServer } from '../harness.ts';

const nowhere = '0198b3f0-0000-7000-8000-0123456789ab';
const CREATE_KEY =
  'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { id } userErrors { message } } }';

interface Sent {
  readonly body: string;
  readonly key?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Status, headers and body of an answer; what is new each time left out. */
async function post({ url }: Pick<TestServer, 'url'>, { body, key, headers = {} }: Sent) {
  const { promise, resolve, reject } = Promise.withResolvers<import('node:http').IncomingMessage>();
  const authorization = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const given = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const sent = request(
    `${url}/graphql`,
    { method: 'POST', headers: { ...given, ...authorization, ...headers } },
    resolve,
  );
  sent.on('error', reject);
  sent.end(body);
  const response = await promise;
  const { 'x-request-id': id, date, ...rest } = response.headers;
  assert.ok(id && date);
  return { status: response.statusCode, headers: rest, body: await text(response) };
}

const asked = (query: string, variables?: object, operationName?: string) =>
  JSON.stringify({ query, variables, operationName });

test('a query gets the same answer the first time, by Apollo Server, and from then on, by its plan', async (t) => {
  const server = await testServer(t);
  const { createDataset } = await server.ask(
    'mutation { createDataset(input: {name: "faq"}) { dataset { id } userErrors { message } } }',
  );
  const { id } = createDataset.dataset;
  const queries = [
    asked('{ server { version startedAt } }'),
    asked(
      'query ($id: ID!, $all: Boolean!) { dataset(id: $id) { ...facts items(first: 2) @include(if: $all) { nodes { id } pageInfo { hasNextPage } } } } fragment facts on Dataset { id name itemCount createdAt }',
      { id, all: true },
    ),
    asked('query A { server { version } } query B { datasets { nodes { name } } }', {}, 'B'),
    // Fails in a resolver: an error with a place, and null.
    asked('query ($id: ID!) { dataset(id: $id) { name } }', { id: toGlobalId('Dataset', nowhere) }),
    asked('query ($input: SearchInput!) { search(input: $input) { hits { score } } }', {
      input: { target: { datasetName: 'nobody' }, query: { text: 'a' } },
    }),
    asked('query ($input: SearchInput!) { search(input: $input) { hits { rank } } }', {
      input: { target: { datasetName: 'faq' }, query: { text: 'a' }, k: 0 },
    }),
    // Variables that do not fit, a document that does not either, one that is none, an operation that is not there.
    asked('query ($input: SearchInput!) { search(input: $input) { hits { score } } }', { input: { k: 'many' } }),
    asked('{ server { nothing } }'),
    asked('{ server {'),
    asked('query A { server { version } }', {}, 'B'),
    asked('{ __typename server { __typename version } }', null as unknown as object),
    asked('{ __schema { queryType { name } } }'),
    '{"query": "{ server { version } }", "variables": []}',
    '{"query": "{ server { version } }", "extensions": {"persistedQuery": {"version": 1, "sha256Hash": "x"}}}',
    '{"query": ',
    '[]',
    'null',
  ];
  for (const body of queries) {
    const first = await post(server, { body });
    for (let again = 0; again < 2; again++) assert.deepEqual(await post(server, { body }), first, body);
  }
  const good = queries[0] as string;
  const first = await post(server, { body: good });
  for (const headers of [
    { accept: 'application/json' },
    { accept: '*/*' },
    { 'content-type': 'application/json; charset=utf-8' },
  ] as Readonly<Record<string, string>>[]) {
    assert.deepEqual(await post(server, { body: good, headers }), first);
  }
  const page = await post(server, { body: good, headers: { origin: 'https://shop.example' } });
  assert.equal(page.headers['access-control-allow-origin'], 'https://shop.example');
  assert.equal(page.body, first.body);
});

test('a known query is asked for its key, its scope and its budget like any other', async (t) => {
  const server = await testServer(t, { auth: true, limits: { budget: 1_000, cost: 1_000 } });
  const input = { name: 'reader', scopes: ['READ'] };
  const { createApiKey } = await server.ask(CREATE_KEY, { input }, server.localKey);
  const { secret: key } = createApiKey;
  const body = asked('{ datasets(first: 10) { nodes { name } } }');
  const refused = await post(server, { body });
  assert.equal(refused.status, 401);
  for (let again = 0; again < 3; again++) {
    const { extensions } = JSON.parse((await post(server, { body, key })).body);
    assert.ok(extensions.cost.requested > 0 && extensions.cost.budget.remaining < 1_000);
  }
  assert.deepEqual(await post(server, { body }), refused);
  assert.equal((await post(server, { body, key: 'qk_no' })).status, 401);
  const admin = asked('{ apiKeys(first: 1) { nodes { id } } }');
  assert.equal((await post(server, { body: admin, key: server.localKey })).status, 200);
  assert.equal((await post(server, { body: admin, key: server.localKey })).status, 200);
  assert.match((await post(server, { body: admin, key })).body, /"FORBIDDEN"/);

  const pages = 'query ($n: Int!) { datasets(first: $n) { nodes { items(first: 10) { nodes { id } } } } }';
  assert.equal((await post(server, { body: asked(pages, { n: 1 }), key })).status, 200);
  const dear = await post(server, { body: asked(pages, { n: 100 }), key });
  assert.equal(dear.status, 400);
  assert.match(dear.body, /"LIMIT_EXCEEDED"/);
  assert.ok(JSON.parse(dear.body).extensions.cost.requested > 1_000);
  const unknown = await post(server, { body: asked(` ${pages}`, { n: 100 }), key });
  const withoutState = (text: string) => text.replace(/"budget":\{.*?\}/, '');
  assert.equal(withoutState(unknown.body), withoutState(dear.body), 'as one that is not known');
  let over = await post(server, { body: asked(pages, { n: 20 }), key });
  for (let again = 0; over.status === 200 && again < 20; again++) {
    over = await post(server, { body: asked(pages, { n: 20 }), key });
  }
  assert.equal(over.status, 429);
  assert.ok(Number(over.headers['retry-after']) >= 1);
  assert.match(over.body, /"RETRY_LATER".*"retryAfterMs"/);

  const REVOKE = 'mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { userErrors { message } } }';
  await server.ask(REVOKE, { input: { apiKeyId: createApiKey.apiKey.id } }, server.localKey);
  assert.equal((await post(server, { body, key })).status, 401, 'at once');
});

test('a known query is logged and counted, and one whose sender leaves ends nothing', async (t) => {
  const server = await testServer(t, { logLevel: 'info' });
  const body = asked('{ server { version } }');
  for (let again = 0; again < 3; again++) await post(server, { body });
  const sent = request(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': 1_000, 'x-request-id': 'left-early' },
  });
  sent.on('error', () => {});
  sent.write(body);
  await new Promise((resolve) => setTimeout(resolve, 50));
  sent.destroy();
  await post(server, { body, headers: { 'x-request-id': 'mine' } });
  const lines = () => server.logged.filter(({ msg }) => msg === 'request');
  // Written when the answer has gone out, which may be after it has come in.
  while (!lines().some(({ requestId }) => requestId === 'mine'))
    await new Promise((resolve) => setTimeout(resolve, 10));
  assert.ok(lines().filter(({ route, status }) => route === '/graphql' && status === 200).length >= 4);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  const counted = /duration_seconds_count\{route="\/graphql",method="POST",status="200"\} (\d+)/.exec(metrics)?.[1];
  assert.ok(Number(counted) >= 4, counted);
});
