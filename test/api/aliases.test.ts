import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDataset, addEncoder, buildNow, openHouse, sentences } from '../services/search-fixtures.ts';
import { testServer } from './harness.ts';

test('an index is promoted, searched by its alias and rolled back through GraphQL, each once for its key', async (t) => {
  const house = await openHouse(t);
  const texts = sentences(60);
  const { id: datasetId, name } = await addDataset(house.db, texts);
  const encoderId = await addEncoder(house, texts);
  await buildNow(house, { datasetId, encoderId });
  await buildNow(house, { datasetId, encoderId });
  const server = await testServer(t, { databaseUrl: house.db.url, dataDir: house.dataDir });

  const { dataset } = await server.ask(
    'query ($name: String!) { dataset(name: $name) { id indexes { nodes { id } } aliases { nodes { id } } } }',
    { name },
  );
  const [second, first] = dataset.indexes.nodes;
  assert.deepEqual(dataset.aliases.nodes, []);
  const promote = async (input: object) =>
    (
      await server.ask(
        `mutation ($input: PromoteIndexInput!) { promoteIndex(input: $input) {
           promotion { id status basis moved alias { id name current { id } previous { id } } } userErrors { field code }
         } }`,
        { input },
      )
    ).promoteIndex;
  const made = await promote({ indexId: first.id });
  assert.deepEqual([made.promotion.basis, made.promotion.moved, made.userErrors], ['FIRST', true, []]);
  const moved = await promote({ indexId: second.id, idempotencyKey: 'up' });
  assert.deepEqual(moved.promotion.alias.current, second);
  assert.deepEqual(moved.promotion.alias.previous, first);
  assert.equal((await promote({ indexId: second.id, idempotencyKey: 'up' })).promotion.id, moved.promotion.id);
  assert.deepEqual((await promote({ indexId: second.id })).userErrors, [
    { field: ['input', 'indexId'], code: 'CONFLICT' },
  ]);

  const search = async (alias: object) =>
    await server.send(
      'query ($input: SearchInput!) { search(input: $input) { index { id } hits { item { text } } } }',
      {
        input: { target: { alias }, query: { text: texts[7] }, k: 1 },
      },
    );
  const { data } = await search({ datasetName: name });
  assert.deepEqual([data.search.index, data.search.hits[0].item.text], [second, texts[7]]);
  const { errors } = await search({ datasetId: dataset.id, name: 'other' });
  assert.deepEqual(errors?.[0]?.extensions, { code: 'NOT_FOUND', field: ['input', 'target', 'alias', 'name'] });
  assert.equal((await search({})).errors?.[0]?.extensions.code, 'BAD_INPUT');

  const rollback = async () =>
    (
      await server.ask(
        `mutation ($input: RollbackAliasInput!) { rollbackAlias(input: $input) {
           promotion { basis alias { current { id } promotions { nodes { basis } } } } userErrors { code }
         } }`,
        { input: { aliasId: made.promotion.alias.id, idempotencyKey: 'back' } },
      )
    ).rollbackAlias.promotion;
  const back = await rollback();
  assert.deepEqual([back.basis, back.alias.current], ['ROLLBACK', first]);
  assert.deepEqual((await rollback()).alias.current, first);
  assert.deepEqual(
    back.alias.promotions.nodes.map((node: { basis: string }) => node.basis),
    ['ROLLBACK', 'SAME_ENCODER', 'FIRST'],
  );
});
