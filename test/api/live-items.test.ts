import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testServer } from './harness.ts';

const UPSERT = `mutation ($input: UpsertItemsInput!) {
  upsertItems(input: $input) {
    items { id text externalId label metadata revision } added updated dataset { itemCount revision } userErrors { field code message }
  }
}`;
const DELETE = `mutation ($input: DeleteItemsInput!) {
  deleteItems(input: $input) { deletedItemIds dataset { itemCount revision } userErrors { field code message } }
}`;

test('items are added, changed and deleted one by one', async (t) => {
  const server = await testServer(t);
  const { createDataset } = await server.ask(
    'mutation { createDataset(input: {name: "live"}) { dataset { id } userErrors { message } } }',
  );
  const datasetId = createDataset.dataset.id;
  const items = [
    { text: 'first', externalId: 'a', label: 'l', metadata: { n: 1 } },
    { text: 'second', externalId: 'b' },
  ];
  const { upsertItems } = await server.ask(UPSERT, { input: { datasetId, items } });
  assert.deepEqual(upsertItems.userErrors, []);
  assert.deepEqual([upsertItems.added, upsertItems.updated], [2, 0]);
  assert.deepEqual(upsertItems.dataset, { itemCount: 2, revision: 1 });
  const [first, second] = upsertItems.items;
  assert.deepEqual({ ...first, id: '' }, { id: '', ...items[0], revision: 1 });

  const changed = await server.ask(UPSERT, { input: { datasetId, items: [{ text: 'third', externalId: 'a' }] } });
  assert.deepEqual([changed.upsertItems.added, changed.upsertItems.updated], [0, 1]);
  assert.deepEqual(changed.upsertItems.items[0], { ...first, text: 'third', revision: 2 });

  const { deleteItems } = await server.ask(DELETE, {
    input: { datasetId, itemIds: [first.id], externalIds: ['b', 'c'] },
  });
  assert.deepEqual(deleteItems, {
    deletedItemIds: [first.id, second.id],
    dataset: { itemCount: 0, revision: 3 },
    userErrors: [],
  });

  const refused = await server.ask(UPSERT, { input: { datasetId, items: [{ text: 'x' }, { text: ' ' }] } });
  assert.deepEqual([refused.upsertItems.items, refused.upsertItems.added], [null, null]);
  assert.deepEqual(refused.upsertItems.userErrors[0].field, ['input', 'items', '1', 'text']);
  const badId = await server.ask(DELETE, { input: { datasetId, itemIds: [datasetId] } });
  assert.deepEqual(badId.deleteItems.userErrors[0].field, ['input', 'itemIds', '0']);
});
