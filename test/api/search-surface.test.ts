import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finished, testServer } from './harness.ts';

const SEARCH = `query ($input: SearchInput!) { search(input: $input) {
  hits { rank score group item { text } explain { rankedBy vectorScore vectorRank lexicalScore lexicalRank matchedTerms fromTail itemRevision } }
  exhausted pending cursor index { id live { tail tombstones tombstoneRatio recall { samples recall } rebuild { status } } }
} }`;

test('the whole surface of a search answers by GraphQL', async (t) => {
  const server = await testServer(t, { worker: true });
  const { createDataset } = await server.ask(
    'mutation { createDataset(input: {name: "s"}) { dataset { id } userErrors { message } } }',
  );
  const datasetId = createDataset.dataset.id;
  const csv = [
    'query,positive',
    ...Array.from({ length: 60 }, (_, n) => `question ${n} of part ${n % 7},answer ${n} in part ${n % 7}`),
  ];
  const upload = await server.upload('s.csv', csv.join('\n'));
  const { importDataset } = await server.ask(
    'mutation ($input: ImportDatasetInput!) { importDataset(input: $input) { import { id } userErrors { message } } }',
    { input: { datasetId, uploadIds: [upload], columns: { query: 'query', positive: 'positive' } } },
  );
  await finished(server, 'import', importDataset.import.id, 'rowsRead');
  const { startTraining } = await server.ask(
    'mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } userErrors { message } } }',
    { input: { datasetId, epochs: 1, batchSize: 16 } },
  );
  await finished(server, 'run', startTraining.run.id, 'step');
  const { buildIndex } = await server.ask(
    'mutation ($input: BuildIndexInput!) { buildIndex(input: $input) { index { id } userErrors { message } } }',
    { input: { datasetId } },
  );
  const indexId = buildIndex.index.id;
  assert.equal((await finished(server, 'index', indexId, 'built')).status, 'SUCCEEDED');
  const { upsertItems } = await server.ask(
    'mutation ($input: UpsertItemsInput!) { upsertItems(input: $input) { items { id } userErrors { message } } }',
    { input: { datasetId, items: [{ text: 'a zebra in part 3', label: 'animal' }] } },
  );
  const ask = async (input: object) =>
    (await server.ask(SEARCH, { input: { target: { datasetId }, k: 5, ...input } })).search;

  const hybrid = await ask({ query: { text: 'zebra' }, hybrid: { fusion: 'WEIGHTED', weight: 0.1 } });
  const [first] = hybrid.hits;
  assert.equal(first.item.text, 'a zebra in part 3');
  assert.deepEqual(
    [first.explain.lexicalRank, first.explain.matchedTerms, first.explain.fromTail],
    [1, ['zebra'], true],
  );
  assert.equal(hybrid.cursor, null);
  assert.deepEqual(
    [hybrid.index.live.tail, hybrid.index.live.tombstones, hybrid.index.live.tombstoneRatio, hybrid.index.live.rebuild],
    [1, 0, 0, null],
  );
  const page = await ask({ query: { text: 'answer 3' } });
  const next = await ask({ query: { text: 'answer 3' }, after: page.cursor, exact: true });
  assert.equal(next.hits[0].rank, 6);
  const grouped = await ask({ query: { text: 'part' }, groupBy: { field: 'label', perGroup: 1 }, minScore: -1 });
  assert.deepEqual(new Set(grouped.hits.map((hit: { group: unknown }) => hit.group)), new Set([null, 'animal']));
  const examples = {
    positive: [{ text: 'answer' }, { itemId: upsertItems.items[0].id }],
    negative: [{ text: 'question' }],
  };
  const liked = await ask({ query: { examples }, diversity: { lambda: 0.3 } });
  assert.equal(liked.hits.length, 5);
  assert.ok(liked.hits.every((hit: { item: { text: string } }) => !hit.item.text.includes('zebra')));

  const { searchBatch } = await server.ask(
    'query ($input: SearchBatchInput!) { searchBatch(input: $input) { tookMs results { hits { item { text } } } } }',
    { input: { target: { indexId }, k: 2, queries: [{ text: 'answer 1' }, { text: 'zebra' }] } },
  );
  assert.deepEqual(
    searchBatch.results.map(({ hits }: { hits: unknown[] }) => hits.length),
    [2, 2],
  );
  const { compareSearch } = await server.ask(
    'query ($input: CompareSearchInput!) { compareSearch(input: $input) { overlap items { firstRank secondRank item { text } } } }',
    { input: { first: { indexId }, second: { datasetId }, query: { text: 'zebra' }, k: 4 } },
  );
  assert.equal(compareSearch.overlap, 1);
  assert.equal(compareSearch.items.length, 4);

  const { errors } = await server.send(SEARCH, {
    input: { target: { datasetId }, query: { text: 'x' }, groupBy: { field: 'metadata' } },
  });
  assert.deepEqual(errors?.[0]?.extensions, { code: 'BAD_INPUT', field: ['input', 'groupBy', 'field'] });
});
