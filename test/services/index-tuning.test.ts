import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IndexesService } from '../../src/services/indexes.ts';
import {
  HEAVIEST_M,
  type MeasuredTrial,
  SETTINGS,
  smallestEf,
  worthBuilding,
} from '../../src/services/work/tune-graph.ts';
import { addDataset, addEncoder, buildNow, DIMENSIONS, openHouse, sentences } from './search-fixtures.ts';

test('finds the smallest ef that reaches a recall, and says when none does', () => {
  const recall = (ef: number) => 1 - 1 / ef;
  assert.deepEqual(smallestEf(recall, 0.99), { ef: 128, reached: true });
  assert.deepEqual(smallestEf(recall, 0), { ef: 10, reached: true });
  assert.deepEqual(smallestEf(recall, 1), { ef: 5_000, reached: false });
});

test('builds with the setting that searches fastest among those that reach the recall, then with heavier ones', () => {
  const trial = (at: number, searchMs: number, reached: boolean): MeasuredTrial => ({
    ...(SETTINGS[at] as (typeof SETTINGS)[number]),
    ...{ efSearch: 64, count: 10_000, recallAt10: 0.9, buildSeconds: 1, searchMs, reached },
  });
  const trials = [trial(0, 0.1, false), trial(1, 0.5, true), trial(2, 0.2, true), trial(3, 0.3, true)];
  assert.deepEqual(worthBuilding(trials), SETTINGS.slice(2));
  assert.deepEqual(worthBuilding([trial(0, 0.1, false)]), SETTINGS.slice(-1));
});

for (const storage of ['float32', 'int8'] as const) {
  test(`tunes an index of ${storage} by measurement: it has the recall that was asked for, and says what was tried`, async (t) => {
    const house = await openHouse(t);
    const texts = sentences(600);
    const { id: datasetId } = await addDataset(house.db, texts);
    const encoderId = await addEncoder(house, texts);
    const { id, events } = await buildNow(house, { datasetId, encoderId, targetRecall: 0.97, storage });
    const { tuning, recallAt10, recallLoss, ...row } = await house.indexes.get(id);
    assert.ok(tuning?.reached, JSON.stringify(tuning));
    assert.equal(tuning.trials.length, SETTINGS.length + 1);
    const last = tuning.trials.at(-1);
    assert.deepEqual(
      [last?.m, last?.efConstruction, last?.efSearch, last?.recallAt10, last?.count],
      [row.m, row.efConstruction, row.efSearch, recallAt10, 600],
    );
    assert.ok((recallAt10 ?? 0) >= 0.97);
    assert.equal(recallLoss === null, storage === 'float32');
    assert.ok((recallLoss ?? 0) < 0.01, `int8 loses ${recallLoss}`);
    assert.deepEqual(events.at(-1), { kind: 'progress', done: 600, total: 600 });
    const { hits } = await house.search.search({ indexId: id, text: texts[5] as string, k: 5 });
    assert.equal(hits[0]?.item.content, texts[5]);
    // Files made anew are of the same parameters.
    assert.equal((await house.indexes.get(id)).storage, storage);
  });
}

test('tells what an index takes before it is built, and refuses with the numbers what can not fit', async (t) => {
  const house = await openHouse(t);
  const texts = sentences(2_000);
  const { id: datasetId } = await addDataset(house.db, texts);
  const encoderId = await addEncoder(house, texts);
  const { bytes, refusal } = await house.indexes.estimate({ datasetId, encoderId });
  const { id } = await buildNow(house, { datasetId, encoderId });
  const built = (await house.indexes.get(id)).bytes as number;
  assert.equal(refusal, null);
  assert.ok(Math.abs(bytes.disk - built) < 0.02 * built, `${bytes.disk} told, ${built} taken`);
  await house.indexes.use(id, async ({ vectors }) =>
    assert.ok(Math.abs(vectors.bytes - bytes.memory) < 0.02 * bytes.memory),
  );

  const { db, artifacts, encoders } = house;
  const small = new IndexesService({ db, artifacts, encoders, enqueue: async () => {}, memoryBytes: bytes.memory - 1 });
  t.after(() => small.close());
  const message = new RegExp(
    `index of 2,000 x ${DIMENSIONS} \\(float32, m 16\\) takes \\d+ MiB of memory, this server keeps at most \\d+ MiB of indexes; as INT8 it takes \\d+ MiB`,
  );
  await assert.rejects(small.build({ datasetId, encoderId }), { code: 'BAD_INPUT', message });
  await small.build({ datasetId, encoderId, storage: 'int8' });

  // What will be chosen by measurement may be the heaviest there is.
  const tuned = await house.indexes.estimate({ datasetId, encoderId, targetRecall: 0.99 });
  const heaviest = await house.indexes.estimate({ datasetId, encoderId, m: HEAVIEST_M });
  assert.deepEqual(tuned.bytes, heaviest.bytes);
  const room = { db, artifacts, encoders, enqueue: async () => {}, memoryBytes: bytes.memory + 1 };
  const narrow = new IndexesService(room);
  t.after(() => narrow.close());
  await narrow.build({ datasetId, encoderId });
  await assert.rejects(narrow.build({ datasetId, encoderId, targetRecall: 0.99 }), {
    code: 'BAD_INPUT',
    message: /m 48/,
  });
});

test('refuses a recall out of bounds, and parameters beside it', async (t) => {
  const house = await openHouse(t);
  const { id: datasetId } = await addDataset(house.db, ['one', 'two']);
  const encoderId = await addEncoder(house, ['one', 'two']);
  const refused = (input: object, message: RegExp) =>
    assert.rejects(house.indexes.build({ datasetId, encoderId, ...input }), { code: 'BAD_INPUT', message });
  await refused({ targetRecall: 0.4 }, /targetRecall must be from 0.5 to 1, got 0.4/);
  await refused({ targetRecall: Number.NaN }, /got NaN/);
  await refused({ targetRecall: 0.9, m: 16 }, /targetRecall chooses m/);
});
