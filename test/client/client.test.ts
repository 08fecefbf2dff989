import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as operations from '../../src/client/generated/operations.ts';
import {
  BuildIndexDocument,
  CreateDatasetDocument,
  DatasetItemsPageDocument,
  DatasetsDocument,
  DeleteDatasetDocument,
  ImportDatasetDocument,
  ImportDocument,
  IndexDocument,
  QuartetClient,
  RunDocument,
  SearchDocument,
  StartTrainingDocument,
  type TypedDocument,
  untilFinished,
} from '../../src/client/index.ts';
import { testServer } from '../api/harness.ts';
import { startCollector } from '../support/collector.ts';

const ROWS = 250;
const rows = Array.from({ length: ROWS }, (_, n) =>
  JSON.stringify({ id: `a${n}`, question: `where is shelf ${n}`, answer: `shelf ${n} is in aisle ${n % 7}` }),
).join('\n');

/** A `fetch` whose answers get lost on the way back, the first of every three sent. */
function lossyFetch(): typeof fetch {
  let sent = 0;
  return async (input, init) => {
    const response = await fetch(input, init);
    if (sent++ % 3 !== 0) return response;
    await response.arrayBuffer();
    throw new TypeError('fetch failed', { cause: new Error('socket hang up') });
  };
}

/** A WebSocket that breaks after some messages. */
class BrittleSocket extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    let received = 0;
    this.addEventListener('message', () => {
      if (++received === 4) this.close(4999, 'torn');
    });
  }
}

test('a client imports, trains, follows, indexes, searches and lists over lost answers and torn sockets, each once', async (t) => {
  const { endpoint: otlpEndpoint, spans } = await startCollector(t);
  const server = await testServer(t, { worker: true, otlpEndpoint });
  const quartet = new QuartetClient({
    url: `${server.url}/graphql`,
    fetch: lossyFetch(),
    webSocket: BrittleSocket,
    retry: { base: 5, cap: 20 },
    reconnect: { base: 5, cap: 20 },
  });

  const { dataset } = await quartet.mutate(CreateDatasetDocument, { name: 'shelves' });
  const upload = await quartet.upload('shelves.jsonl', new Blob([rows]));
  const { import: begun } = await quartet.mutate(ImportDatasetDocument, {
    datasetId: dataset.id,
    uploadIds: [upload],
    columns: { query: 'question', positive: 'answer', id: 'id' },
  });
  const imported = await untilFinished(async () => (await quartet.query(ImportDocument, { id: begun.id })).import);
  assert.deepEqual([imported.itemsAdded, imported.rowsSkipped], [ROWS, 0]);

  const { run } = await quartet.mutate(StartTrainingDocument, {
    datasetId: dataset.id,
    encoder: { textStatic: { dimensions: 16, vocabularySize: 500 } },
    batchSize: 32,
    maxSteps: 8,
    evaluateEvery: 4,
  });
  const seen: number[] = [];
  let last: string | undefined;
  for await (const event of quartet.runEvents(run.id)) {
    seen.push(event.sequence);
    if (event.__typename === 'RunStatusEvent') last = event.status;
  }
  assert.deepEqual(
    seen,
    seen.map((_, i) => i + 1),
    'every event once, over sockets that break after three',
  );
  assert.ok(seen.length > 6, `${seen.length} events are more than one socket brought`);
  assert.equal(last, 'SUCCEEDED');
  const { run: trained } = await quartet.query(RunDocument, { id: run.id });
  const encoderId = trained?.encoder?.id;
  assert.ok(encoderId !== undefined);

  const { index } = await quartet.mutate(BuildIndexDocument, { datasetId: dataset.id, encoderId });
  await untilFinished(async () => (await quartet.query(IndexDocument, { id: index.id })).index);
  const { search } = await quartet.query(SearchDocument, {
    input: { target: { datasetName: 'shelves' }, query: { text: 'shelf 17 is in aisle 3' }, k: 3 },
  });
  assert.equal(search.hits[0]?.item.externalId, 'a17');

  const ids: (string | null)[] = [];
  for await (const item of quartet.entries(DatasetItemsPageDocument, { id: dataset.id, first: 60 })) {
    ids.push(item.externalId);
  }
  assert.deepEqual(
    ids,
    Array.from({ length: ROWS }, (_, n) => `a${n}`),
    'five pages, each item once',
  );
  const names: string[] = [];
  for await (const { name } of quartet.entries(DatasetsDocument, {})) names.push(name);
  assert.deepEqual(names, ['shelves'], 'the mutation whose answer was lost created once');

  for (const [name, document] of Object.entries(operations)) {
    if (!/^\s*query \w+(\((?!.*: \[?\w+!)[^)]*\))? \{/.test(String(document))) continue;
    await quartet.query(document as TypedDocument<unknown, object>, {}).catch((error) => {
      if (error.code !== 'BAD_INPUT') throw new Error(`${name}: ${error.message}`);
    });
  }

  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  // Sent again for its lost answer, or not: at least once.
  assert.match(metrics, /^quartet_search_duration_seconds_count\{strategy="\w+"\} [1-9]/m);
  assert.match(metrics, /^quartet_index_recall_at_10\{index="[^"]+"\} [\d.]+$/m);
  await server.stop();
  const parent = spans.find(({ name }) => name === 'search')?.spanId;
  const below = (id: string | undefined) =>
    spans.filter(({ parentSpanId }) => parentSpanId === id).map(({ name }) => name);
  // Twice where items changed meanwhile.
  assert.deepEqual([...new Set(below(parent))], ['encode', 'find', 'fetch']);
});

test('refusals carry code and field, and giving up ends a request', async (t) => {
  const server = await testServer(t);
  const quartet = new QuartetClient({ url: server.url, retry: { base: 5 } });
  await assert.rejects(quartet.mutate(CreateDatasetDocument, { name: '' }), {
    name: 'ClientError',
    code: 'BAD_INPUT',
    field: ['input', 'name'],
  });
  await assert.rejects(quartet.mutate(DeleteDatasetDocument, { datasetId: 'nothing' }), { name: 'ClientError' });
  const input = { target: { datasetName: 'none' }, query: { text: 'x' } };
  await assert.rejects(quartet.query(SearchDocument, { input }), { code: 'NOT_FOUND' });
  const controller = new AbortController();
  const asked = quartet.query(SearchDocument, { input }, { signal: controller.signal });
  controller.abort(new Error('the text has changed'));
  await assert.rejects(asked, /the text has changed/);
  const follower = quartet.runEvents('nothing');
  await assert.rejects(follower.next(), { name: 'ClientError' });

  const away = new QuartetClient({
    url: 'http://127.0.0.1:1',
    retry: { attempts: 2, base: 1 },
    reconnect: { attempts: 2, base: 1 },
  });
  await assert.rejects(away.query(DatasetsDocument), { code: 'RETRY_LATER', answered: false });
  await assert.rejects(away.runEvents('x').next(), { code: 'RETRY_LATER', answered: false });
});
