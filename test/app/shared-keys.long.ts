import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { CreateApiKeyDocument, RevokeApiKeyDocument } from '../../src/client/index.ts';
import { SECOND } from '../../src/platform/clock.ts';
import { until } from '../support/embedded-server.ts';
import { Installation } from './installation.ts';

/** Points of a key in a minute. */
const BUDGET = 6_000;
/** What docs/api.md allows until servers know of each other's spending, and as much for a slow machine. */
const SLACK = 2 * SECOND;
const SERVERS = ['server 0', 'server 1'] as const;

async function twoServers(t: TestContext) {
  const installation = await Installation.open(t, { settings: { QUARTET_KEY_BUDGET: String(BUDGET) } });
  for (const name of SERVERS) await installation.serve(name);
  for (const name of SERVERS) await installation.ready(name, '?except=worker');
  const operator = installation.client('server 0', await installation.firstKey());
  const makeKey = async (name: string) => {
    const made = await operator.mutate(CreateApiKeyDocument, { name, scopes: ['TRAIN'], namespace: name });
    return { id: made.apiKey.id, secret: made.secret as string };
  };
  return { installation, operator, makeKey };
}

/** The heaviest query that a key of its own asks: many names in one document. */
const HEAVY = `{ ${Array.from({ length: 100 }, (_, n) => `a${n}: dataset(name: "none") { items(first: 5) { nodes { id } } }`).join(' ')} }`;

interface Asked {
  readonly code: string | undefined;
  /** Points that it cost; 0 when refused. */
  readonly paid: number;
  readonly remaining: number;
}

async function ask(url: string, key: string, query = HEAVY): Promise<Asked> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the query asks for
  const { errors, extensions } = (await response.json()) as any;
  const code = errors?.[0].extensions.code;
  const cost = extensions?.cost;
  return { code, paid: code === undefined ? cost.requested : 0, remaining: cost?.budget.remaining ?? Number.NaN };
}

/** A connection for subscriptions that the server has admitted. */
async function connect(url: string, key: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } }));
  const [message] = await once(socket, 'message');
  assert.deepEqual(JSON.parse(String(message)), { type: 'connection_ack' });
  return socket;
}

test('what a key has spent at one server, it can’t spend at another, and no other key pays for it', async (t) => {
  const { installation, makeKey } = await twoServers(t);
  const [spender, other] = [await makeKey('spender'), await makeKey('other')];
  const [one, two] = SERVERS.map((name) => installation.url(name)) as [string, string];
  const start = Date.now();
  let paid = 0;
  const spend = async (url: string) => {
    const asked = await ask(url, spender.secret);
    paid += asked.paid;
    return asked;
  };
  let refused: string | undefined;
  while (refused === undefined) refused = (await spend(one)).code;
  assert.equal(refused, 'RETRY_LATER');
  assert.ok(paid > BUDGET / 2, `${paid} points were enough`);
  await sleep(SLACK);
  assert.equal((await spend(two)).code, 'RETRY_LATER', 'refused at the other server, which it never asked before');

  // From both at once it gets what comes in by the minute, and once more what it may spend before the servers know.
  const end = Date.now() + 10 * SECOND;
  const hurry = async (url: string) => {
    while (Date.now() < end) {
      const { code } = await spend(url);
      if (code !== undefined) await sleep(20);
    }
  };
  await Promise.all([hurry(one), hurry(two)]);
  const minutes = (Date.now() - start) / 60_000;
  const due = BUDGET * (1 + minutes);
  assert.ok(paid <= due + BUDGET * 0.5, `${paid} points paid, ${Math.round(due)} were due`);
  const asked = await ask(two, other.secret, '{ viewer { namespace } }');
  assert.equal(asked.code, undefined);
  assert.ok(asked.remaining >= BUDGET - 10, `${asked.remaining} left to a key that spent nothing`);
  t.diagnostic(`${paid} points paid at two servers, ${Math.round(due)} due`);
});

test('a key that one server ends is refused by the other at once, its subscriptions too', async (t) => {
  const { installation, operator, makeKey } = await twoServers(t);
  const [lost, kept] = [await makeKey('lost'), await makeKey('kept')];
  const sockets = await Promise.all([lost, kept].map(({ secret }) => connect(installation.url('server 1'), secret)));
  t.after(() => sockets.map((socket) => socket.close()));
  const [ended] = sockets.map((socket) => once(socket, 'close'));
  const at = Date.now();
  await operator.mutate(RevokeApiKeyDocument, { apiKeyId: lost.id });
  const answers: (string | undefined)[] = [];
  await until('the other server refuses it', async () => {
    answers.push((await ask(installation.url('server 1'), lost.secret, '{ viewer { namespace } }')).code);
    return answers.at(-1) !== undefined;
  });
  const tookMs = Date.now() - at;
  assert.equal(answers.at(-1), 'UNAUTHENTICATED');
  assert.ok(tookMs < SLACK, `refused after ${tookMs} ms`);
  assert.equal((await (ended as Promise<[number]>))[0], 4403, 'its connection is closed, for good');
  assert.equal(sockets[1]?.readyState, WebSocket.OPEN, 'another key’s is not');
  assert.equal((await ask(installation.url('server 1'), kept.secret, '{ viewer { namespace } }')).code, undefined);
  t.diagnostic(`refused at the other server after ${tookMs} ms`);

  // A server that was not there when it happened refuses it, too.
  await installation.kill('server 1');
  await installation.serve('server 1');
  await installation.ready('server 1', '?except=worker');
  const again = await ask(installation.url('server 1'), lost.secret, '{ viewer { namespace } }');
  assert.equal(again.code, 'UNAUTHENTICATED');
});
