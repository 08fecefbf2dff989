import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { finished, type TestServer, testServer } from './harness.ts';

/** Shares no word between question and answer: what a search finds was learned. */
const colours = ['red', 'green', 'blue', 'black', 'white', 'brown'];
const things = ['house', 'boat', 'lamp', 'tree', 'shoe', 'fish', 'door', 'bird'];
const rooms = ['rouge', 'vert', 'bleu', 'noir', 'blanc', 'brun'];
const objects = ['maison', 'bateau', 'lampe', 'arbre', 'soulier', 'poisson', 'porte', 'oiseau'];
const rows = colours.flatMap((colour, c) =>
  things.map((thing, i) => ({
    question: `where is the ${colour} ${thing}`,
    answer: `${objects[i]} ${rooms[c]}`,
    split: (c + i) % 6 === 0 ? 'test' : 'train',
    shelf: i,
  })),
);

const EVENTS = `subscription ($runId: ID!, $after: Int!) {
  runEvents(runId: $runId, after: $after) { __typename sequence ... on RunStatusEvent { status } ... on RunStepEvent { step loss } }
}`;
interface Event {
  readonly __typename: string;
  readonly sequence: number;
  readonly status?: string;
}

/** Events as a subscriber gets them, until the subscription ends or `enough` says so. */
async function subscribe(
  server: TestServer,
  runId: string,
  after: number,
  enough: (event: Event) => boolean,
): Promise<Event[]> {
  const client = createClient({ url: `${server.url.replace('http', 'ws')}/graphql`, retryAttempts: 0 });
  const events: Event[] = [];
  try {
    for await (const { data } of client.iterate<{ runEvents: Event }>({ query: EVENTS, variables: { runId, after } })) {
      const event = data?.runEvents ?? assert.fail('an answer without data');
      events.push(event);
      if (enough(event)) break;
    }
  } finally {
    await client.dispose();
  }
  return events;
}

test('import, training, events, evaluation, index and search work through GraphQL', { timeout: 480_000 }, async (t) => {
  const server = await testServer(t, { worker: true });
  const { dataset } = (await server.ask('mutation { createDataset(input: {name: "things"}) { dataset { id } } }'))
    .createDataset;

  const uploadId = await server.upload('things.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
  const { importDataset } = await server.ask(
    'mutation ($input: ImportDatasetInput!) { importDataset(input: $input) { import { id } userErrors { message } } }',
    {
      input: {
        datasetId: dataset.id,
        uploadIds: [uploadId],
        columns: { query: 'question', positive: 'answer', split: 'split' },
      },
    },
  );
  const imported = await finished(server, 'import', importDataset.import.id, 'itemsAdded queriesAdded reportUrl');
  assert.deepEqual(
    [imported.status, imported.itemsAdded, imported.queriesAdded, imported.reportUrl],
    ['SUCCEEDED', rows.length, rows.length, null],
  );
  const { dataset: filled } = await server.ask(
    `query ($id: ID!) { dataset(id: $id) {
      itemCount items(first: 1) { nodes { id text metadata dataset { id } } }
      queries(split: TEST, first: 1) { nodes { text split relevant { grade item { text } } } }
    } }`,
    { id: dataset.id },
  );
  assert.equal(filled.itemCount, rows.length);
  assert.deepEqual(filled.items.nodes[0].metadata, { shelf: 0 });
  assert.equal(filled.items.nodes[0].dataset.id, dataset.id);
  const asked = rows.find(({ question }) => question === filled.queries.nodes[0].text);
  assert.deepEqual(filled.queries.nodes[0].relevant, [{ grade: 1, item: { text: asked?.answer } }]);

  const { startTraining } = await server.ask(
    `mutation ($input: StartTrainingInput!) { startTraining(input: $input) {
      run { id status config { batchSize encoder { ... on TextStaticConfig { dimensions } } backend schedule } } userErrors { message }
    } }`,
    {
      input: {
        datasetId: dataset.id,
        batchSize: 8,
        epochs: 30,
        learningRate: 0.03,
        encoder: { textStatic: { dimensions: 32, vocabularySize: 512 } },
        idempotencyKey: 'train once',
      },
    },
  );
  const { run } = startTraining;
  assert.deepEqual(run.config, { batchSize: 8, encoder: { dimensions: 32 }, backend: 'AUTO', schedule: 'COSINE' });

  // Three events, then the line breaks; the rest comes by their sequence numbers, none missing, none twice.
  const begun = await subscribe(server, run.id, 0, ({ sequence }) => sequence === 3);
  const rest = await subscribe(server, run.id, 3, () => false);
  const events = [...begun, ...rest];
  assert.deepEqual(
    events.map(({ sequence }) => sequence),
    events.map((_, i) => i + 1),
  );
  assert.equal(events[0]?.status, 'QUEUED');
  assert.equal(events.at(-1)?.status, 'SUCCEEDED');
  const trained = await finished(
    server,
    'run',
    run.id,
    `step totalSteps backend baseline { ndcgAt10 } best { ndcgAt10 recallAt(k: 10) }
     events(after: 2, first: 2) { nodes { sequence createdAt } lastSequence hasNextPage } encoder { id name version dimensions run { id } }`,
  );
  assert.equal(trained.error, null);
  assert.equal(trained.step, trained.totalSteps);
  assert.deepEqual(
    trained.events.nodes.map(({ sequence }: Event) => sequence),
    [3, 4],
  );
  assert.deepEqual([trained.events.lastSequence, trained.events.hasNextPage], [4, true]);
  const { encoder } = trained;
  assert.deepEqual([encoder.name, encoder.version, encoder.dimensions, encoder.run.id], ['things', 1, 32, run.id]);

  const { buildIndex, evaluate } = await server.ask(
    `mutation ($dataset: ID!, $encoder: ID!) {
      buildIndex(input: {datasetId: $dataset, encoderId: $encoder}) { index { id status } userErrors { message } }
      evaluate(input: {datasetId: $dataset}) { evaluation { id } userErrors { message } }
    }`,
    { dataset: dataset.id, encoder: encoder.id },
  );
  const index = await finished(
    server,
    'index',
    buildIndex.index.id,
    'id count built bytes dataset { name } encoder { id }',
  );
  assert.deepEqual(
    [index.status, index.count, index.built, index.encoder.id],
    ['SUCCEEDED', rows.length, rows.length, encoder.id],
  );
  const evaluation = await finished(
    server,
    'evaluation',
    evaluate.evaluation.id,
    'split metrics { queries corpus ndcgAt10 }',
  );
  assert.equal(evaluation.metrics.queries, rows.filter(({ split }) => split === 'test').length);
  assert.ok(evaluation.metrics.ndcgAt10 > 0.5, `nDCG@10 ${evaluation.metrics.ndcgAt10} on pairs never seen`);

  const SEARCH = `query ($input: SearchInput!) { search(input: $input) {
    hits { rank score item { id text metadata } } index { id } strategy candidates exhausted tookMs
  } }`;
  const target = { datasetName: 'things' };
  const { search } = await server.ask(SEARCH, { input: { target, query: { text: 'where is the blue fish' }, k: 3 } });
  assert.equal(search.hits[0].item.text, 'poisson bleu');
  assert.equal(search.index.id, index.id);
  assert.deepEqual(
    search.hits.map(({ rank }: { rank: number }) => rank),
    [1, 2, 3],
  );

  const { embed } = await server.ask(
    `query ($input: EmbedInput!) { embed(input: $input) { dimensions list: vectors base64: vectors(encoding: BASE64) } }`,
    { input: { encoderId: encoder.id, texts: ['where is the blue fish'] } },
  );
  for (const vector of [embed.list[0], embed.base64[0]]) {
    const byVector = await server.ask(
      'query ($vector: Vector!) { search(input: {target: {datasetName: "things"}, query: {vector: $vector}, k: 3}) { hits { item { id } } } }',
      { vector },
    );
    assert.deepEqual(
      byVector.search.hits.map((hit: { item: { id: string } }) => hit.item.id),
      search.hits.map((hit: { item: { id: string } }) => hit.item.id),
    );
  }
  const itemId = search.hits[0].item.id;
  const byItem = await server.ask(SEARCH, { input: { target: { indexId: index.id }, query: { itemId }, k: 100 } });
  assert.equal(byItem.search.hits.length, rows.length - 1, 'all but itself');
  assert.equal(byItem.search.exhausted, true);

  const wrong = await server.send(SEARCH, { input: { target, query: { vector: [1, 2] } } });
  assert.equal(wrong.errors?.[0]?.extensions.code, 'DIMENSION_MISMATCH');
  assert.deepEqual(wrong.errors?.[0]?.extensions.field, ['input', 'query', 'vector']);
  const cancel = await server.ask(
    'mutation ($id: ID!) { cancelRun(input: {runId: $id}) { run { id } userErrors { code field } } }',
    {
      id: run.id,
    },
  );
  assert.deepEqual(cancel.cancelRun, { run: null, userErrors: [{ code: 'CONFLICT', field: ['input', 'runId'] }] });
});

test('over WebSocket only subscriptions are answered, and what is wrong with them has a code', async (t) => {
  const server = await testServer(t);
  const client = createClient({ url: `${server.url.replace('http', 'ws')}/graphql`, retryAttempts: 0 });
  t.after(() => client.dispose());
  const refusals: [string, string][] = [
    ['{ server { version } }', 'BAD_REQUEST'],
    ['subscription { runEvents(runId: "x") { sequence } }', 'BAD_INPUT'],
    ['subscription { runEvnts { sequence } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['subscription {', 'GRAPHQL_PARSE_FAILED'],
  ];
  for (const [query, code] of refusals) {
    const next = client.iterate({ query }).next();
    const errors = await next.then(
      ({ value }) => (value as { errors?: unknown })?.errors,
      (error: unknown) => error,
    );
    assert.equal((errors as { extensions: { code: string } }[])[0]?.extensions.code, code, query);
  }
});

test('a page of another origin can not open a WebSocket', async (t) => {
  const { url } = await testServer(t);
  const upgrade = (origin: string) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { origin });
      socket.once('open', () => {
        socket.close();
        resolve('open');
      });
      socket.once('error', () => resolve('refused'));
    });
  assert.equal(await upgrade('https://elsewhere.example'), 'refused');
  assert.equal(await upgrade(url), 'open');
});
