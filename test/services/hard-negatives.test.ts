import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DatasetId, NegativeSetId } from '../../src/domain/ids.ts';
import { newUuid } from '../../src/platform/uuid.ts';
import type { HardNegative } from '../../src/services/hard-negatives.ts';
import { type MiningHouse, openMine, workOn } from './mining-fixtures.ts';
import { addEncoder, addItems, buildNow, sentences } from './search-fixtures.ts';

const settings = { excludeEqualLabels: false, corpus: 'all' } as const;

async function allRows(house: MiningHouse, set: Awaited<ReturnType<MiningHouse['mineNow']>>): Promise<HardNegative[]> {
  const found: HardNegative[] = [];
  for (let after: number | undefined; ; ) {
    const page = await house.negatives.rows(set, null, { first: 100, ...(after === undefined ? {} : { after }) });
    found.push(...page.rows);
    after = page.rows.at(-1)?.position;
    if (!page.hasNextPage) return found;
  }
}

test('a set holds every candidate with rank, score and fate, as searching gives them', async (t) => {
  const house = await openMine(t);
  const set = await house.mineNow({ settings: { ...settings, rangeMax: 20 } });
  assert.deepEqual([set.status, set.source, set.queriesDone, set.queriesTotal], ['SUCCEEDED', 'ENCODER', 100, 100]);
  assert.equal(set.candidates, 100 * 20);
  assert.deepEqual(set.parts, []);
  const rows = await allRows(house, set);
  assert.equal(rows.length, 2_000);
  const counted = Map.groupBy(rows, ({ fate }) => fate);
  for (const [fate, count] of Object.entries(set.report?.fates ?? {})) {
    assert.equal(counted.get(fate as 'kept')?.length ?? 0, count, fate);
  }
  const [first] = rows;
  const { rows: queries } = await house.db.pool.query('SELECT content FROM "Query" WHERE id = $1', [first?.queryId]);
  const { hits } = await house.search.search({ indexId: house.indexId, text: queries[0].content, k: 20 });
  const ofFirst = rows.filter(({ queryId }) => queryId === first?.queryId);
  assert.deepEqual(
    ofFirst.map(({ itemId, rank }) => [itemId, rank]),
    hits.map(({ item, rank }) => [item.id, rank]),
  );
  for (const { score, positiveScore, fate } of rows) {
    if (fate === 'kept') assert.ok(score <= positiveScore * 0.95 + 1e-5);
    if (fate === 'relative-margin') assert.ok(score > positiveScore * 0.95 - 1e-5);
  }
  const kept = await house.negatives.rows(set, 'kept', { first: 7 });
  assert.ok(kept.rows.length === 7 && kept.hasNextPage && kept.rows.every(({ fate }) => fate === 'kept'));
  const again = await house.mineNow({ settings: { ...settings, rangeMax: 20 } });
  assert.equal(again.sha256, set.sha256, 'the same mining gives the same file');
});

test('items that answer no query are candidates too, and labels of positives are left out by default', async (t) => {
  const house = await openMine(t);
  const rows = await allRows(house, await house.mineNow({ settings: { ...settings, rangeMax: 50 } }));
  const unpaired = new Set(house.dataset.itemIds.slice(100));
  assert.ok(rows.some(({ itemId, fate }) => fate === 'kept' && unpaired.has(itemId)));
  const paired = await allRows(
    house,
    await house.mineNow({ settings: { ...settings, rangeMax: 50, corpus: 'paired' } }),
  );
  assert.ok(paired.every(({ itemId, fate }) => fate !== 'kept' || !unpaired.has(itemId)));
  const labelled = await house.mineNow();
  assert.ok((labelled.report?.fates['equal-label'] ?? 0) > 0);
  assert.ok((labelled.report?.falseNegatives?.tested ?? 0) > 0);
});

test('mines by words without an encoder, and by both with fused ranks and cosine scores', async (t) => {
  const house = await openMine(t);
  const words = await house.mineNow({ source: 'LEXICAL', settings });
  assert.deepEqual([words.encoderId, words.indexId, words.spec.relativeMargin], [null, null, null]);
  const [first] = await allRows(house, words);
  assert.ok((first?.score ?? 0) > 1, 'a BM25 score');
  const both = await house.mineNow({ source: 'BOTH', settings: { ...settings, rangeMax: 30 } });
  const rows = await allRows(house, both);
  assert.ok(rows.every(({ score, rank }) => score <= 1 && score >= -1 && rank <= 30));
  assert.ok((both.report?.fates.kept ?? 0) > 0);
});

test('a judge drops what it finds as near as the positive', async (t) => {
  const house = await openMine(t);
  const judgeId = await addEncoder(house, sentences(560), { name: 'judge', seed: 9 });
  const open = { ...settings, relativeMargin: null };
  const without = await house.mineNow({ settings: open });
  const judged = await house.mineNow({ judgeId, settings: { ...open, judgeMargin: 0.3 } });
  assert.equal(without.report?.fates.judge, 0);
  assert.ok((judged.report?.fates.judge ?? 0) > 0);
  assert.ok((judged.report?.fates.positive ?? 0) === without.report?.fates.positive);

  // Encoder and index decide by themselves which one mines; without them the newest index does.
  const { id: newest } = await buildNow(house, { datasetId: house.dataset.id, encoderId: judgeId });
  const minedBy = async (input: object) => {
    const { encoderId, indexId, sha256 } = await house.mineNow({ ...input, settings: open });
    return { encoderId, indexId, same: sha256 === without.sha256 };
  };
  const first = { encoderId: house.encoderId, indexId: house.indexId, same: true };
  const second = { encoderId: judgeId, indexId: newest, same: false };
  assert.deepEqual(await minedBy({}), second);
  assert.deepEqual(await minedBy({ encoderId: house.encoderId }), first);
  assert.deepEqual(await minedBy({ indexId: house.indexId }), first);
});

test('a marked pair is a positive, or excluded, in the next mining', async (t) => {
  const house = await openMine(t);
  const set = await house.mineNow({ settings });
  const { rows } = await house.negatives.rows(set, 'kept', { first: 2 });
  const [one, two] = rows as [HardNegative, HardNegative];
  await house.negatives.mark(set, { queryId: one.queryId, itemId: one.itemId, use: 'POSITIVE' });
  await house.negatives.mark(set, { queryId: two.queryId, itemId: two.itemId, use: 'EXCLUDED' });
  const shown = (await house.negatives.rows(set, 'kept', { first: 2 })).rows;
  assert.deepEqual(
    shown.map(({ marked }) => marked),
    ['POSITIVE', 'EXCLUDED'],
  );
  const next = await allRows(house, await house.mineNow({ settings }));
  const fateOf = ({ queryId, itemId }: HardNegative) =>
    next.find((row) => row.queryId === queryId && row.itemId === itemId)?.fate;
  assert.deepEqual([fateOf(one), fateOf(two)], ['positive', 'marked']);
  await assert.rejects(house.negatives.mark(set, { queryId: one.queryId, itemId: 999_999, use: 'EXCLUDED' }), {
    code: 'NOT_FOUND',
  });
});

test('by label the queries are items, and none is a negative of itself or of its label', async (t) => {
  const house = await openMine(t, { items: 150, questions: 10 });
  const set = await house.mineNow({ positives: 'label', settings: { relativeMargin: null, rangeMax: 150 } });
  const { rows } = await house.db.pool.query('SELECT id, label FROM "Item"');
  const labels = new Map(rows.map(({ id, label }) => [id, label]));
  const found = await house.negatives.rows(set, 'kept', { first: 100 });
  assert.ok(found.rows.length === 100 && found.rows.every(({ queryIsItem }) => queryIsItem));
  for (const { queryId, itemId } of found.rows) assert.notEqual(labels.get(queryId), labels.get(itemId));
  const [first] = found.rows;
  const pair = { queryId: first?.queryId as number, itemId: first?.itemId as number };
  await assert.rejects(house.negatives.mark(set, { ...pair, use: 'POSITIVE' }), { code: 'BAD_INPUT' });
});

test('a mining that was killed goes on behind the parts that are whole, with the data it began with', async (t) => {
  const house = await openMine(t, { items: 1_100, questions: 1_060 });
  const { dataset, executions, negatives } = house;
  const few = { settings: { ...settings, rangeMax: 8 } };
  const whole = await house.mineNow(few);
  const id = await negatives.mine({ datasetId: dataset.id, ...few });
  const killed = workOn(executions, house, id, () => {
    throw new Error('killed');
  });
  await assert.rejects(killed, /killed/);
  const between = await negatives.get(id);
  assert.deepEqual([between.status, between.queriesDone, between.parts.length], ['RUNNING', 1_024, 1]);
  await addItems(house.db, dataset.id, ['an item that came meanwhile']);
  const done: number[] = [];
  await workOn(executions, house, id, (event) => void done.push(event.done));
  assert.deepEqual(done, [1_060], 'only the last part is mined');
  const set = await negatives.get(id);
  assert.deepEqual([set.status, set.attempt, set.sha256], ['SUCCEEDED', 2, whole.sha256]);
  assert.deepEqual(set.report, whole.report);
});

test('refuses before the work what can not be mined, naming the remedy', async (t) => {
  const house = await openMine(t, { items: 60, questions: 10 });
  const datasetId = house.dataset.id;
  const refused = (input: object, code: string, message: RegExp) =>
    assert.rejects(house.negatives.mine({ datasetId, ...input }), { code, message });
  const before = house.jobs.length;
  await refused({ settings: { rangeMax: 100 } }, 'BAD_INPUT', /rangeMax is 100, but there are 60 items/);
  await refused({ settings: { rangeMin: 58 } }, 'BAD_INPUT', /leaves 2 ranks .* fewer than the 5/);
  await refused({ settings: { perQuery: 0 } }, 'BAD_INPUT', /perQuery/);
  // Items that came after the index have no rank in it; by words they have one.
  await addItems(house.db, datasetId, ['two items', 'that came after the index']);
  await house.db.pool.query('UPDATE "Dataset" SET "itemCount" = 62 WHERE id = $1', [datasetId]);
  await refused({ settings: { rangeMax: 62 } }, 'BAD_INPUT', /rangeMax is 62, but there are 60 items/);
  await refused({ datasetId: newUuid() as DatasetId }, 'NOT_FOUND', /no dataset/);
  const other = await addEncoder(house, ['x'], { name: 'other' });
  await refused({ encoderId: other }, 'NOT_READY', /no index by encoder .* LEXICAL/);
  await refused({ judgeId: newUuid() }, 'NOT_FOUND', /no encoder/);
  assert.equal(house.jobs.length, before);
  assert.ok(await house.negatives.mine({ datasetId, source: 'LEXICAL', settings: { rangeMax: 62 } }));
  await assert.rejects(house.negatives.get(newUuid() as NegativeSetId), { code: 'NOT_FOUND' });
});
