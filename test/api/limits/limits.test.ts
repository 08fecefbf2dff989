import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { buildSchema, graphql } from 'graphql';
import { createClient } from 'graphql-ws';
import pg from 'pg';
import { WebSocket } from 'ws';
import { endLateQueries } from '../../../src/api/limits/late-queries.ts';
import { QuartetError } from '../../../src/domain/errors.ts';
import { Deadline, withDeadline } from '../../../src/platform/deadline.ts';
import { exactNearestInTurns } from '../../../src/search-index/exact.ts';
import { Overlay } from '../../../src/search-index/overlay.ts';
import { type Answer, testServer } from '../harness.ts';

/** `{ dataset { …` so many levels deep. */
const deep = (levels: number) =>
  `{ datasets { nodes ${'{ items { nodes { dataset '.repeat(levels)} { id } ${'} } }'.repeat(levels)} } }`;

test('documents over a limit are refused with the limit, what they have, and a remedy', async (t) => {
  const server = await testServer(t, { limits: { depth: 6, aliases: 3, tokens: 1_000, cost: 5_000 } });
  const refusal = async (document: string) => {
    const { status, errors, data } = await server.send(document);
    assert.equal(data ?? null, null);
    assert.deepEqual(
      errors?.map(({ extensions }) => extensions.code),
      ['LIMIT_EXCEEDED'],
    );
    assert.ok(status === 400 || status === 200, String(status));
    return errors?.[0]?.message ?? '';
  };
  assert.match(await refusal(deep(2)), /9 levels deep, at most 6 are taken; ask in several requests/);
  const spread = `query Q { ...f } fragment f on Query { datasets { nodes { items { nodes { dataset { items { nodes { id } } } } } } } }`;
  assert.match(await refusal(spread), /operation Q is 8 levels deep, at most 6/);
  const aliases = (n: number) => `{ ${Array.from({ length: n }, (_, i) => `a${i}: server { version }`).join(' ')} }`;
  assert.match(await refusal(aliases(4)), /4 aliases, at most 3 are taken/);
  assert.match(
    await refusal(`{ ${'server { version } '.repeat(400)} }`),
    /more than 1000 tokens; send values as variables/,
  );
  const dear = '{ datasets(first: 100) { nodes { items(first: 100) { nodes { id } } } } }';
  assert.match(await refusal(dear), /would cost 1\d{4} points, at most 5000 are taken; ask for less at a time/);
  assert.equal((await server.send(aliases(3))).errors, undefined);
  // The schema's own description is deeper than any query, and needed by every tool.
  const types = '{ __schema { types { fields { type { ofType { ofType { ofType { ofType { name } } } } } } } } }';
  assert.equal((await server.send(types)).errors, undefined);
});

test('a document that repeats itself is refused before its parts are compared', async (t) => {
  const server = await testServer(t);
  const repeated = (times: number, part: string) => part.repeat(times);
  const dense = {
    fields: `{ ${repeated(1_500, 'server { version } ')} }`,
    'inline fragments': `{ ${repeated(400, '... on Query { server { ... on ServerInfo { version } } } ')} }`,
    fragments: `{ ${Array.from({ length: 300 }, (_, i) => `...f${i}`).join(' ')} } ${Array.from({ length: 300 }, (_, i) => `fragment f${i} on Query { server { version } }`).join(' ')}`,
    'an unused fragment': `{ server { version } } fragment f on Query { ${repeated(1_000, 'server { version } ')} }`,
    nested: `{ datasets { ${repeated(1_000, 'nodes { id } ')} } }`,
    arguments: `{ ${repeated(90, `search(input: {target: {datasetName: "a"}, query: {text: "${'b'.repeat(500)}"}}) { tookMs } `)} }`,
  };
  for (const [what, document] of Object.entries(dense)) {
    const { errors } = await server.send(document);
    assert.deepEqual(
      errors?.map(({ extensions, message }) => [extensions.code, /many times over; ask for each once/.test(message)]),
      [['LIMIT_EXCEEDED', true]],
      `${what}: ${JSON.stringify(errors).slice(0, 200)}`,
    );
  }
  const doubling = Array.from({ length: 12 }, (_, i) => {
    const inner =
      i === 11 ? 'id' : `items { nodes { dataset { ...f${i + 1} } } } imports { nodes { dataset { ...f${i + 1} } } }`;
    return `fragment f${i} on Dataset { ${inner} }`;
  });
  const { errors } = await server.send(`{ datasets { nodes { ...f0 } } } ${doubling.join(' ')}`);
  assert.equal(errors?.[0]?.extensions.code, 'LIMIT_EXCEEDED');
  assert.match(errors?.[0]?.message ?? '', /more than 20000 fields, those of a fragment counted with each use/);
  // As many as clients put together from parts have.
  const usual = await server.send(`{ ${repeated(100, 'server { version startedAt } ')} }`);
  assert.equal(usual.errors, undefined);
  assert.equal((await server.send(`{ ${repeated(100, '__schema { types { name } } ')} }`)).errors, undefined);
  const chain = Array.from({ length: 95 }, (_, i) => {
    const later = Array.from({ length: 94 - i }, (_, j) => `...f${i + 1 + j}`).join(' ');
    return `fragment f${i} on Query { ${later || 'server { version }'} }`;
  });
  const entangled = await server.send(`{ ...f0 } ${chain.join(' ')}`);
  assert.deepEqual(
    entangled.errors?.map(({ extensions }) => extensions.code),
    ['LIMIT_EXCEEDED'],
  );
});

test('variables that are nested without end are refused, whether or not their query is known', async (t) => {
  const server = await testServer(t);
  const query = 'query ($input: SearchInput!) { search(input: $input) { tookMs } }';
  const refusal = async (levels: number) => {
    const filter = `${'{"not":'.repeat(levels)}{"label":{"eq":"a"}}${'}'.repeat(levels)}`;
    const input = `{"target":{"datasetName":"none"},"query":{"text":"x"},"filter":${filter}}`;
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query":${JSON.stringify(query)},"variables":{"input":${input}}}`,
    });
    const { errors } = (await response.json()) as Answer;
    return [response.status, errors?.[0]?.extensions.code];
  };
  assert.deepEqual(await refusal(200_000), [400, 'LIMIT_EXCEEDED']);
  assert.deepEqual(await refusal(2), [200, 'NOT_FOUND']);
  assert.deepEqual(await refusal(17), [200, 'BAD_INPUT']);
  assert.deepEqual(await refusal(200_000), [400, 'LIMIT_EXCEEDED']);
});

test('a body and an upload over their limits are refused with the limit', async (t) => {
  const server = await testServer(t, { limits: { bodyBytes: 100_000, uploadBytes: 1_000 } });
  const post = (bytes: number) =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ server { version } }', variables: { filler: 'x'.repeat(bytes) } }),
    });
  assert.equal((await post(90_000)).status, 200);
  const large = await post(110_000);
  assert.equal(large.status, 413);
  const answer = (await large.json()) as { code: string; message: string };
  assert.equal(answer.code, 'LIMIT_EXCEEDED');
  assert.match(answer.message, /larger than 100000 bytes; send it in parts/);
  await assert.rejects(server.upload('large.csv', 'x'.repeat(1_001)), /LIMIT_EXCEEDED.*larger than 1000 bytes; split/);
  await server.upload('small.csv', 'x'.repeat(1_000));
});

test('a key lives within its budget, sees its state, and is told when to come again', async (t) => {
  const server = await testServer(t, { auth: true, limits: { budget: 1_000 } });
  const create = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }';
  const input = { name: 'client', scopes: ['READ'] };
  const { secret } = (await server.ask(create, { input }, server.localKey)).createApiKey;
  const ask = async (first: number) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify({ query: `{ datasets(first: ${first}) { nodes { id } } }` }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: an answer of any form
    return { response, body: (await response.json()) as any };
  };
  const { body } = await ask(50);
  const { requested, limit, budget } = body.extensions.cost;
  assert.deepEqual([requested, limit, budget.limit], [51, 100_000, 1_000]);
  assert.ok(budget.remaining >= 940 && budget.remaining <= 960, String(budget.remaining));
  assert.ok(budget.resetMs > 0);
  let refused: Awaited<ReturnType<typeof ask>> | undefined;
  for (let n = 0; n < 100 && refused === undefined; n++) {
    const answer = await ask(100);
    if (answer.body.errors !== undefined) refused = answer;
  }
  assert.ok(refused !== undefined);
  assert.equal(refused.response.status, 429);
  assert.ok(Number(refused.response.headers.get('retry-after')) >= 1);
  const { code, retryAfterMs } = refused.body.errors[0].extensions;
  assert.equal(code, 'RETRY_LATER');
  assert.ok(retryAfterMs > 0 && retryAfterMs <= 60_000);
  // Who runs the machine has no budget.
  const { data } = await server.send('{ datasets(first: 100) { nodes { id } } }', {}, server.localKey);
  assert.deepEqual(data.datasets.nodes, []);
});

async function locked(t: TestContext, databaseUrl: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => {});
  await client.connect();
  await client.query('BEGIN; LOCK TABLE "Dataset"');
  let held = true;
  const release = async () => {
    if (held) await client.end();
    held = false;
  };
  t.after(release);
  return release;
}

test('beyond its bounded queue a server tells clients to come again, and goes on', async (t) => {
  const server = await testServer(t, { limits: { requests: 2, waiting: 1, seconds: 600 } });
  const release = await locked(t, server.databaseUrl);
  const asked = Array.from({ length: 3 }, () => server.send('{ datasets { nodes { id } } }'));
  let refused = await server.send('{ server { version } }');
  // The three may still be on their way.
  for (; refused.errors === undefined; refused = await server.send('{ server { version } }'));
  assert.equal(refused.status, 503);
  const { code, retryAfterMs } = (refused.errors[0]?.extensions ?? {}) as { code?: string; retryAfterMs?: number };
  assert.equal(code, 'RETRY_LATER');
  assert.ok((retryAfterMs ?? 0) > 0);
  await release();
  for (const { data } of await Promise.all(asked)) assert.deepEqual(data.datasets.nodes, []);
  assert.equal((await server.send('{ server { version } }')).errors, undefined);
});

test('what waits for another’s lock ends in time', async (t) => {
  const server = await testServer(t, { limits: { seconds: 2 } });
  await locked(t, server.databaseUrl);
  const { errors } = await server.send('{ datasets { nodes { id } } }');
  assert.ok(['RETRY_LATER', 'TIMEOUT'].includes(String(errors?.[0]?.extensions.code)), JSON.stringify(errors));
});

test('a query is answered at its limit, whatever it waits for', async () => {
  const schema = buildSchema('type Query { never: Int, soon: Int }');
  const { never } = schema.getQueryType()?.getFields() ?? {};
  if (never !== undefined) never.resolve = () => new Promise(() => {});
  endLateQueries(schema);
  const over = new Deadline();
  const answer = withDeadline(over, () => graphql({ schema, source: '{ soon never }', rootValue: { soon: 1 } }));
  over.end(new QuartetError('TIMEOUT', 'too late'));
  const { errors, data } = await answer;
  assert.deepEqual({ ...data }, { soon: 1, never: null });
  assert.match(String(errors?.[0]?.message), /too late/);
});

test('what computes for a request stops when the request is over', async () => {
  const rows = { vectors: new Float32Array(8 * 2_000_000), dimensions: 8 };
  const query = new Float32Array(8).fill(0.5);
  const over = new Deadline();
  const scan = withDeadline(over, () => exactNearestInTurns(rows, query, 5));
  over.end(new QuartetError('TIMEOUT', 'too late'));
  await assert.rejects(scan, { code: 'TIMEOUT' });

  const overlay = new Overlay({ dimensions: 512, rowOf: () => null });
  overlay.apply(
    Array.from({ length: 20_000 }, (_, id) => ({
      id: id + 1,
      kind: 'content' as const,
      vector: new Float32Array(512),
      label: null,
      metadata: {},
    })),
  );
  const left = new Deadline();
  const tail = withDeadline(left, () => overlay.nearest(new Float32Array(512), 5, null));
  left.end(new QuartetError('CANCELLED', 'left'));
  await assert.rejects(tail, { code: 'CANCELLED' });
});

test('a subscription has the same limits, and a connection a bound of them', async (t) => {
  const server = await testServer(t, { limits: { depth: 4 } });
  const client = createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  t.after(() => client.dispose());
  const query = 'subscription { runEvents(runId: "x") { run { dataset { items { nodes { id } } } } } }';
  const deepOne = client.iterate({ query }).next();
  await assert.rejects(deepOne, (errors: readonly { message: string; extensions: { code: string } }[]) => {
    assert.equal(errors[0]?.extensions.code, 'LIMIT_EXCEEDED');
    assert.match(String(errors[0]?.message), /levels deep, at most 4/);
    return true;
  });
});
