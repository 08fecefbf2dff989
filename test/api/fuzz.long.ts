import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createSchema } from '../../src/api/schema.ts';
import { createRandom } from '../../src/platform/random.ts';
import { testDatabaseUrl } from '../support/database.ts';
import { badDocument, badHttp, badVariables, type Case, deepVariables, malformedBody } from './fuzz/cases.ts';
import { seedForFuzz } from './fuzz/seed.ts';
import { testServer } from './harness.ts';
import { requestsOf } from './requests-from-schema.ts';

/*
 * The surface under 24,000 requests that no client would send: documents with errors, variables of any form and depth, bodies that are none,
 * and HTTP of every kind. A seed that finds something is printed, and finds it again.
 */

const CASES = 24_000;
const AT_ONCE = 8;
/** Of a fault that is ours and said to be: see `UserErrorCode` in schema.graphql. */
const DOCUMENTED = new Map([
  [503, ['RETRY_LATER', 'DATABASE_UNAVAILABLE']],
  [504, ['TIMEOUT']],
  [507, ['DISK_FULL']],
]);
const CODES = new Set([
  ...['BAD_INPUT', 'NOT_FOUND', 'CONFLICT', 'NOT_READY', 'DIMENSION_MISMATCH', 'EMPTY_INDEX', 'UNSUPPORTED_FORMAT'],
  ...['RETRY_LATER', 'TIMEOUT', 'LIMIT_EXCEEDED', 'UNAUTHENTICATED', 'FORBIDDEN', 'CANCELLED', 'BACKEND_UNAVAILABLE'],
  ...['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'BAD_REQUEST'],
  ...['OPERATION_RESOLUTION_FAILURE', 'PERSISTED_QUERY_NOT_SUPPORTED', 'PERSISTED_QUERY_NOT_FOUND'],
]);
/** What only our own insides say. */
const INSIDES =
  /node_modules|\.ts:\d+|\bat (async )?[\w.<>]+ \(|syntax error at or near|violates \w+[ -]|relation "\w+"|invalid input syntax|pg_catalog|INSERT INTO|DELETE FROM|SELECT \w+ FROM|PrismaClient/;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('no request, however malformed, breaks the server or shows its insides', { timeout: 1_800_000 }, async (t) => {
  const databaseUrl = await testDatabaseUrl(t);
  const { dataDir, ids } = await seedForFuzz(t, databaseUrl);
  // Without a worker: what is started by chance waits, instead of training for hours.
  const server = await testServer(t, {
    databaseUrl,
    dataDir,
    auth: true,
    limits: { budget: 1_000_000_000, aliases: 1_000 },
  });
  const create = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }';
  const input = { name: 'fuzz', scopes: ['ADMIN'], namespace: 'fuzz' };
  const { secret } = (await server.ask(create, { input }, server.localKey)).createApiKey;
  const requests = requestsOf(createSchema()).filter(({ root }) => root !== 'Subscription');
  const makers = [badDocument, badVariables, badVariables, deepVariables, malformedBody, badHttp];
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
  const answered = new Map<string, number>();
  const found: string[] = [];
  let heapBefore = 0;

  async function one(n: number): Promise<void> {
    const random = createRandom(seed * 100_000 + n);
    const make = makers[random.int(makers.length)] as (typeof makers)[number];
    const given = make(random, { requests, ids, secret });
    let { status, body } = await sent(server.url, given);
    // What is HTTP has an answer, if not this time (connections of a frozen machine are lost) then the next.
    if (status === 0 && make !== badHttp) ({ status, body } = await sent(server.url, given));
    // Without a status what stands there is why no answer came.
    const what = `${make.name} ${status === 0 ? body : status}`;
    answered.set(what, (answered.get(what) ?? 0) + 1);
    const about = `FUZZ_SEED=${seed} case ${n} (${make.name}): ${JSON.stringify(given).slice(0, 1_500)} -> ${status} ${body.slice(0, 1_500)}`;
    const errors = errorsOf(body);
    const isDocumented = errors.length > 0 && errors.every(({ code }) => DOCUMENTED.get(status)?.includes(code));
    // /readyz of a server without a worker says that it is not ready.
    const isProbe = status === 503 && given.path.startsWith('/readyz');
    const isUnanswered = status === 0 && make !== badHttp;
    if ((status >= 500 && !isDocumented && !isProbe) || isUnanswered) found.push(about);
    else if (errors.some(({ code, message }) => !CODES.has(code) || INSIDES.test(message))) found.push(about);
    assert.ok(found.length < 20, found.join('\n\n'));
  }

  let next = 0;
  const work = async (end: number) => {
    for (let n = next++; n < end; n = next++) await one(n);
  };
  for (const end of [CASES / 3, CASES]) {
    next = Math.min(next, end === CASES ? CASES / 3 : 0);
    await Promise.all(Array.from({ length: AT_ONCE }, () => work(end)));
    collectGarbage();
    const { heapUsed } = process.memoryUsage();
    if (end === CASES) {
      t.diagnostic(
        `heap ${Math.round(heapBefore / 2 ** 20)} MiB after a third, ${Math.round(heapUsed / 2 ** 20)} at the end`,
      );
      assert.ok(heapUsed < heapBefore * 1.2 + 16 * 2 ** 20, `${heapBefore} -> ${heapUsed} bytes`);
    }
    heapBefore = heapUsed;
  }
  assert.deepEqual(found, [], found.join('\n\n'));
  t.diagnostic(JSON.stringify(Object.fromEntries([...answered].sort())));
  const faults = server.logged.filter(({ msg }) => msg === 'a request failed');
  assert.deepEqual(faults, []);
  assert.equal((await server.ask('{ server { databaseReachable } }', {}, secret)).server.databaseReachable, true);
});

/** By hand: `fetch` would refuse much of it before it is sent. */
async function sent(url: string, { method, path, headers, body }: Case): Promise<{ status: number; body: string }> {
  return await new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const request = httpRequest({ hostname, port, method, path, headers, agent: false }, (response) => {
      text(response).then((answer) => resolve({ status: response.statusCode ?? 0, body: answer }), reject);
    });
    // An answer may come before the last byte was sent, and the connection end with it; a malformed request may get none.
    request.on('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => resolve({ status: 0, body: code }));
    request.end(body);
  });
}

function errorsOf(body: string): { code: string; message: string }[] {
  try {
    const answer = JSON.parse(body);
    if (typeof answer?.code === 'string') return [{ code: answer.code, message: String(answer.message) }];
    if (!Array.isArray(answer?.errors)) return [];
    return answer.errors.map(({ message, extensions }: { message: string; extensions?: { code?: string } }) => ({
      code: extensions?.code ?? 'none',
      message,
    }));
  } catch {
    return [];
  }
}
