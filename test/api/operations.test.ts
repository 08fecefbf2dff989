import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { startCollector } from '../support/collector.ts';
import { testServer } from './harness.ts';

test('/readyz tells what is missing: a worker, a migration, the database', async (t) => {
  const server = await testServer(t);
  const ready = async (query = '') => {
    const response = await fetch(`${server.url}/readyz${query}`);
    const { status, checks } = (await response.json()) as { status: string; checks: Record<string, { ok: boolean }> };
    const failing = Object.entries(checks).flatMap(([name, { ok }]) => (ok ? [] : [name]));
    return { status: response.status, says: status, failing };
  };
  // Indexes are loaded in the background from the start on.
  while ((await ready()).failing.includes('index'));
  assert.deepEqual(await ready(), { status: 503, says: 'not ready', failing: ['worker'] });
  assert.deepEqual(await ready('?except=worker'), { status: 200, says: 'ready', failing: [] });

  // Clients and proxies that keep idle connections for a minute close them first.
  const { headers } = await fetch(`${server.url}/livez`);
  assert.equal(headers.get('keep-alive'), 'timeout=75');

  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  await client.query(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name =
    (SELECT max(migration_name) FROM _prisma_migrations)`);
  assert.deepEqual((await ready('?except=worker')).failing, ['migrations']);
  await client.query('UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL');
  assert.equal((await ready('?except=worker')).status, 200);
  await client.end();
});

test('with a worker and nothing amiss it is ready, and /metrics tells what was measured', async (t) => {
  const server = await testServer(t, { worker: true });
  let status = 0;
  while (status !== 200) ({ status } = await fetch(`${server.url}/readyz`));
  await server.send('query ($input: SearchInput!) { search(input: $input) { strategy } }', {
    input: { target: { datasetName: 'none' }, query: { text: 'x' } },
  });
  const response = await fetch(`${server.url}/metrics`);
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
  const metrics = await response.text();
  for (const line of [
    /^quartet_search_errors_total\{code="NOT_FOUND"\} 1$/m,
    /^quartet_workers 1$/m,
    /^quartet_database_up 1$/m,
    /^quartet_database_connections\{pool="requests",state="idle"\} \d+$/m,
    /^quartet_http_request_duration_seconds_count\{route="\/graphql",method="POST",status="200"\} 1$/m,
    /^nodejs_eventloop_lag_p99_seconds /m,
    /^# TYPE quartet_search_duration_seconds histogram$/m,
    /^# TYPE quartet_search_recall histogram$/m,
    /^quartet_queue_jobs\{queue="train",state="waiting"\} 0$/m,
    /^# TYPE quartet_training_pairs_per_second gauge$/m,
    /^# TYPE quartet_index_recall_at_10 gauge$/m,
  ]) {
    assert.match(metrics, line);
  }
});

test('a request is logged with its id and without its content; spans of a search reach the collector', async (t) => {
  const { endpoint: otlpEndpoint, spans, paths } = await startCollector(t);
  const server = await testServer(t, { logLevel: 'info', otlpEndpoint, worker: true });
  const secret = 'a text that nobody else may read';
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${server.localKey}`,
      'x-request-id': 'shop-17',
    },
    body: JSON.stringify({
      query: 'query ($input: SearchInput!) { search(input: $input) { strategy } }',
      variables: { input: { target: { datasetName: 'none' }, query: { text: secret } } },
    }),
  });
  assert.equal(response.headers.get('x-request-id'), 'shop-17');
  const bad = await fetch(`${server.url}/uploads/x?token=hidden-token`, {
    method: 'PUT',
    headers: { 'x-request-id': 'a b' },
  });
  assert.match(bad.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/, 'an id that no log can hold is replaced');
  const line = server.logged.find(({ requestId }) => requestId === 'shop-17');
  assert.deepEqual([line?.msg, line?.method, line?.route, line?.status], ['request', 'POST', '/graphql', 200]);
  const all = JSON.stringify(server.logged);
  for (const hidden of [secret, server.localKey, 'hidden-token']) assert.ok(!all.includes(hidden), hidden);

  await server.stop();
  assert.deepEqual([...paths], ['/v1/traces']);
  assert.deepEqual(
    spans.map(({ name }) => name),
    ['search'],
  );
  assert.match(JSON.stringify(spans), /NOT_FOUND/);
  assert.ok(!JSON.stringify(spans).includes(secret));
});

test('a server that stops under traffic answers every request it took, and takes no more', async (t) => {
  const server = await testServer(t, { logLevel: 'info' });
  const answered = new Set<string>();
  const odd: string[] = [];
  let refused = 0;
  const client = async (name: number) => {
    for (let n = 0; ; n++) {
      const id = `client-${name}-${n}`;
      try {
        const response = await fetch(`${server.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-request-id': id },
          body: '{"query":"{ datasets { nodes { name } } server { databaseReachable } }"}',
        });
        const { data } = (await response.json()) as { data?: unknown };
        if (data === undefined) odd.push(`${id}: status ${response.status}`);
        answered.add(id);
      } catch {
        // The connection never came about; were it one that the server took, the log would have it.
        refused++;
        return;
      }
    }
  };
  const clients = Array.from({ length: 12 }, (_, name) => client(name));
  while (answered.size < 100) await new Promise((resolve) => setTimeout(resolve, 5));
  await server.stop();
  await Promise.all(clients);
  const taken = server.logged.filter(({ msg }) => msg === 'request');
  assert.equal(refused, 12);
  assert.deepEqual(odd, []);
  assert.deepEqual(
    taken.filter(({ status, requestId }) => status !== 200 || !answered.has(String(requestId))),
    [],
    'no request that the server took has gone without its answer',
  );
  assert.equal(taken.length, answered.size);
});
