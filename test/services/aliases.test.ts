import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { AliasId, IndexId, PromotionId } from '../../src/domain/ids.ts';
import { DEFAULT_NAMESPACE } from '../../src/domain/principal.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { newUuid } from '../../src/platform/uuid.ts';
import { PromotionExecutionsService } from '../../src/services/promotion-executions.ts';
import { work as compareEncoders } from '../../src/services/work/compare-encoders.ts';
import { addDataset, addEncoder, buildNow, openHouse, type SearchHouse, sentences } from './search-fixtures.ts';

/** A dataset with an index by a poor encoder (8 dimensions) and one by a good encoder, and questions that tell them apart. */
async function setUp(t: TestContext) {
  const house = await openHouse(t);
  const texts = sentences(560);
  const dataset = await addDataset(house.db, texts);
  const poor = await addEncoder(house, texts, { version: 1, dimensions: 8 });
  const good = await addEncoder(house, texts, { version: 2, dimensions: 128 });
  const { id: poorIndex } = await buildNow(house, { datasetId: dataset.id, encoderId: poor });
  const { id: goodIndex } = await buildNow(house, { datasetId: dataset.id, encoderId: good });
  const { db, artifacts, snapshots, aliases } = house;
  const executions = new PromotionExecutionsService({ db, artifacts, snapshots, enqueue: async () => {} });
  const of = async (id: PromotionId) => (await aliases.getPromotions([id]))[0] ?? assert.fail('no such promotion');
  /** Where the alias points, now and before. */
  const points = async () => {
    const [alias] = (await aliases.list(dataset.id, { first: 5 })).rows;
    return [alias?.currentId, alias?.previousId];
  };
  /** As the worker and its child do it. */
  const decide = async (id: PromotionId, meanwhile = async () => {}) => {
    const execution = (await executions.claim(id)) ?? assert.fail('nobody else can have claimed it');
    const context = { signal: new AbortController().signal, logger: silentLogger, workDir: '', emit: async () => {} };
    const verdict = await compareEncoders({ ...(await execution.spec()), backend: 'wasm' }, context);
    await meanwhile();
    await execution.conclude(verdict);
    return await of(id);
  };
  return { house, aliases, dataset, poor, poorIndex, good, goodIndex, of, points, decide, texts };
}

async function addValidation({ db }: SearchHouse, datasetId: string, count = 200): Promise<void> {
  await db.pool.query(
    `WITH chosen AS (SELECT id, content FROM "Item" WHERE "datasetId" = $1 ORDER BY id LIMIT $2), asked AS (
       INSERT INTO "Query" ("datasetId", content, "contentHash", split)
       SELECT $1, 'what are ' || content, sha256(convert_to(content, 'UTF8')), 'VALIDATION' FROM chosen RETURNING id, content)
     INSERT INTO "Relevance" ("datasetId", "queryId", "itemId")
     SELECT $1, asked.id, chosen.id FROM asked JOIN chosen ON asked.content = 'what are ' || chosen.content`,
    [datasetId, count],
  );
  await db.pool.query('UPDATE "Dataset" SET revision = revision + 1 WHERE id = $1', [datasetId]);
}

test('a new alias points at once, a better encoder moves it, a worse one does not', async (t) => {
  const { house, aliases, dataset, poorIndex, goodIndex, of, points, decide } = await setUp(t);
  await addValidation(house, dataset.id);
  const first = await of(await aliases.promote({ indexId: poorIndex }));
  assert.deepEqual([first.status, first.basis, first.moved], ['SUCCEEDED', 'FIRST', true]);
  assert.deepEqual(await points(), [poorIndex, null]);

  const up = await aliases.promote({ indexId: goodIndex });
  assert.equal((await of(up)).status, 'QUEUED');
  assert.ok(house.jobs.includes(`promote ${up}`));
  assert.deepEqual(await points(), [poorIndex, null]);
  const better = await decide(up);
  assert.deepEqual([better.status, better.basis, better.moved], ['SUCCEEDED', 'MEASURED', true]);
  assert.ok((better.verdict?.low ?? 0) > 0 && better.verdict?.queries === 200, JSON.stringify(better.verdict));
  assert.deepEqual(await points(), [goodIndex, poorIndex]);

  const worse = await decide(await aliases.promote({ indexId: poorIndex }));
  assert.deepEqual([worse.status, worse.moved, worse.verdict?.outcome], ['SUCCEEDED', false, 'worse']);
  assert.deepEqual(await points(), [goodIndex, poorIndex]);
});

test('an override moves it whatever the figures and keeps its reason; a rollback goes back, and a second one forth', async (t) => {
  const { house, aliases, poorIndex, goodIndex, of, points, dataset } = await setUp(t);
  await aliases.promote({ indexId: goodIndex });
  const forced = await of(await aliases.promote({ indexId: poorIndex, overrideReason: 'smaller' }));
  assert.deepEqual(
    [forced.status, forced.basis, forced.moved, forced.overrideReason],
    ['SUCCEEDED', 'OVERRIDE', true, 'smaller'],
  );
  assert.deepEqual(await points(), [poorIndex, goodIndex]);
  const [alias] = (await aliases.list(dataset.id, { first: 1 })).rows;
  const back = await of(await aliases.rollback(alias?.id as AliasId));
  assert.deepEqual([back.basis, back.indexId, back.fromIndexId], ['ROLLBACK', goodIndex, poorIndex]);
  assert.deepEqual(await points(), [goodIndex, poorIndex]);
  await aliases.rollback(alias?.id as AliasId);
  assert.deepEqual(await points(), [poorIndex, goodIndex]);
  const { rows } = await aliases.promotions(alias?.id as AliasId, { first: 10 });
  assert.deepEqual(
    rows.map(({ basis }) => basis),
    ['ROLLBACK', 'ROLLBACK', 'OVERRIDE', 'FIRST'],
  );
  assert.deepEqual(
    house.jobs.filter((job) => job.startsWith('promote')),
    [],
  );
});

test('the same encoder needs no comparison, and a search by alias follows it', async (t) => {
  const { house, aliases, dataset, good, goodIndex, of, texts } = await setUp(t);
  const target = { alias: { name: 'live', dataset: { namespace: DEFAULT_NAMESPACE, name: dataset.name } } };
  const text = texts[0] as string;
  await assert.rejects(house.search.search({ ...target, text }), { code: 'NOT_FOUND', message: /no alias "live"/ });
  await aliases.promote({ indexId: goodIndex });
  assert.equal((await house.search.search({ ...target, text })).indexId, goodIndex);
  const { id: newer } = await buildNow(house, { datasetId: dataset.id, encoderId: good });
  // Built is not promoted: the alias stays, while the dataset's newest version is found by the dataset.
  assert.equal((await house.search.search({ ...target, text })).indexId, goodIndex);
  assert.equal((await house.search.search({ datasetId: dataset.id, text })).indexId, newer);
  const moved = await of(await aliases.promote({ indexId: newer }));
  assert.deepEqual([moved.basis, moved.moved], ['SAME_ENCODER', true]);
  assert.equal((await house.search.search({ ...target, text })).indexId, newer);
  const byId = { alias: { name: 'live', dataset: { id: dataset.id } } };
  assert.equal((await house.search.search({ ...byId, text })).indexId, newer);
});

test('an alias that was moved while the encoders were compared stays, and the promotion says so', async (t) => {
  const { house, aliases, dataset, poor, poorIndex, goodIndex, points, decide } = await setUp(t);
  await addValidation(house, dataset.id);
  await aliases.promote({ indexId: poorIndex });
  const up = await aliases.promote({ indexId: goodIndex });
  const { id: other } = await buildNow(house, { datasetId: dataset.id, encoderId: poor });
  await assert.rejects(
    decide(up, async () => void (await aliases.promote({ indexId: other }))),
    { code: 'CONFLICT', message: /was moved while/ },
  );
  assert.deepEqual(await points(), [other, poorIndex]);
});

test('refuses what it can not promote, naming the remedy', async (t) => {
  const { house, aliases, dataset, good, poorIndex, goodIndex, decide, points } = await setUp(t);
  const refused = (input: object, code: string, message: RegExp) =>
    assert.rejects(aliases.promote({ indexId: goodIndex, ...input }), { code, message });
  const { id: queued } = await house.indexes.build({ datasetId: dataset.id, encoderId: good });
  await refused({ indexId: queued }, 'NOT_READY', /it is QUEUED; wait/);
  await refused({ indexId: newUuid() as IndexId }, 'NOT_FOUND', /no index/);
  await refused({ alias: ' ' }, 'BAD_INPUT', /alias must have 1 to 200/);
  await refused({ overrideReason: '  ' }, 'BAD_INPUT', /overrideReason must/);
  await aliases.promote({ indexId: poorIndex });
  await refused({ indexId: poorIndex }, 'CONFLICT', /already/);
  const [alias] = (await aliases.list(dataset.id, { first: 1 })).rows;
  await assert.rejects(aliases.rollback(alias?.id as AliasId), { code: 'CONFLICT', message: /no version before/ });
  await assert.rejects(aliases.rollback(newUuid() as AliasId), { code: 'NOT_FOUND' });
  // No validation query: nothing to compare on, and the alias stays.
  await assert.rejects(decide(await aliases.promote({ indexId: goodIndex })), {
    code: 'NOT_READY',
    message: /no validation query .* override/,
  });
  assert.deepEqual(await points(), [poorIndex, null]);
});
