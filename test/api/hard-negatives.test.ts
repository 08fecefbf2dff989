import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMine } from '../services/mining-fixtures.ts';
import { finished, testServer } from './harness.ts';

test('hard negatives are mined, looked through, marked and trained with through GraphQL', async (t) => {
  const house = await openMine(t, { items: 120, questions: 60 });
  const server = await testServer(t, { worker: true, databaseUrl: house.db.url, dataDir: house.dataDir });
  const { dataset } = await server.ask('query ($name: String!) { dataset(name: $name) { id } }', {
    name: house.dataset.name,
  });
  const mine = async (input: object) =>
    (
      await server.ask(
        `mutation ($input: MineHardNegativesInput!) { mineHardNegatives(input: $input) {
           set { id status source settings encoder { name } } userErrors { field message code }
         } }`,
        { input: { datasetId: dataset.id, ...input } },
      )
    ).mineHardNegatives;
  const { userErrors } = await mine({ rangeMin: 119 });
  assert.deepEqual([userErrors[0].code, userErrors[0].field], ['BAD_INPUT', ['input', 'rangeMin']]);
  // Every setting arrives as it was sent.
  const numbers = {
    rangeMin: 1,
    rangeMax: 90,
    maxScore: 0.9,
    minScore: -0.5,
    absoluteMargin: 0.01,
    relativeMargin: 0.02,
  };
  const others = { perQuery: 4, excludeEqualLabels: false, judgeMargin: 0.3, seed: 7 };
  const { set: thorough } = await mine({ ...numbers, ...others, strategy: 'RANDOM', corpus: 'ALL', source: 'BOTH' });
  assert.deepEqual(thorough.settings, { ...numbers, ...others, strategy: 'random', corpus: 'all' });
  assert.equal(thorough.source, 'BOTH');
  const asked = { excludeEqualLabels: false, strategy: 'SPREAD', perQuery: 3, idempotencyKey: 'once' };
  const { set } = await mine(asked);
  assert.deepEqual([set.source, set.settings.strategy, set.encoder.name], ['ENCODER', 'spread', 'handbook']);
  assert.equal((await mine(asked)).set.id, set.id);
  const mined = await finished(
    server,
    'hardNegativeSet',
    set.id,
    'candidates report { queries fates { fate count } negativeScores { median } differences { minimum } }',
  );
  assert.equal(mined.status, 'SUCCEEDED');
  const kept = mined.report.fates.find(({ fate }: { fate: string }) => fate === 'KEPT').count;
  assert.equal(kept, 180);

  const LIST = `query ($setId: ID!, $after: String) { hardNegatives(setId: $setId, fate: KEPT, first: 100, after: $after) {
    nodes { query { id text } queryItem { id } item { id text } rank score positiveScore fate marked } pageInfo { hasNextPage endCursor }
  } }`;
  const first = (await server.ask(LIST, { setId: set.id })).hardNegatives;
  const second = (await server.ask(LIST, { setId: set.id, after: first.pageInfo.endCursor })).hardNegatives;
  assert.deepEqual([first.nodes.length, second.nodes.length, second.pageInfo.hasNextPage], [100, 80, false]);
  const [one] = first.nodes;
  assert.ok(one.query.text.startsWith('what are ') && one.item.text.length > 0 && one.marked === null);

  const { markFalseNegative } = await server.ask(
    'mutation ($input: MarkFalseNegativeInput!) { markFalseNegative(input: $input) { set { id } userErrors { message } } }',
    { input: { setId: set.id, queryId: one.query.id, itemId: one.item.id, use: 'EXCLUDED' } },
  );
  assert.deepEqual(markFalseNegative.userErrors, []);
  assert.equal((await server.ask(LIST, { setId: set.id })).hardNegatives.nodes[0].marked, 'EXCLUDED');

  const { startTraining } = await server.ask(
    'mutation ($input: StartTrainingInput!) { startTraining(input: $input) { run { id } userErrors { message } } }',
    {
      input: {
        datasetId: dataset.id,
        hardNegativeSetId: set.id,
        batchSize: 16,
        epochs: 2,
        encoder: { textStatic: { dimensions: 16, vocabularySize: 256 } },
      },
    },
  );
  assert.deepEqual(startTraining.userErrors, []);
  const run = await finished(
    server,
    'run',
    startTraining.run.id,
    `config { hardNegativeSet { id } paradigm { ... on InBatchNegativesConfig { hardNegatives } } }
     events(first: 100) { nodes { ... on RunLogEvent { message } } }`,
  );
  assert.deepEqual(
    [run.status, run.config.hardNegativeSet.id, run.config.paradigm.hardNegatives],
    ['SUCCEEDED', set.id, 1],
  );
  const said = run.events.nodes
    .map((event: { message?: string }) => event.message)
    .find((text?: string) => text?.startsWith('hard negatives'));
  assert.match(said, /mined by encoder handbook@1 .* h before: no encoder was trained since/);
});
