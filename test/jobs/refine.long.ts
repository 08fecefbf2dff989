import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planRefreshes } from '../../src/training/refresh-schedule.ts';
import { mining, openRefine, stopAtEveryStage } from './refine-fixtures.ts';

test('an asynchronous refinement is one run that mines on its way, and loses nothing by stops', {
  timeout: 300_000,
}, async (t) => {
  const house = await openRefine(t);
  const { negatives, runs, counted, db } = house;
  const { get } = await house.start({ epochs: 6, checkpointEvery: 3 }, { rounds: 2, mining, asynchronous: true });
  const stage = async () => {
    const { done, status } = await get();
    const runId = done[0]?.runId;
    const refreshes = runId == null ? [] : await runs.refreshes([runId]);
    return (
      refreshes.length +
      refreshes.filter(({ setId }) => setId !== null).length +
      (runId == null ? 0 : 1) +
      (done[0]?.encoderId == null ? 0 : 1) +
      (status === 'SUCCEEDED' ? 1 : 0)
    );
  };
  const stops = await stopAtEveryStage(house, get, stage);
  assert.ok(stops >= 4, `it was stopped ${stops} times only`);
  const { done, encoderId } = await get();
  assert.equal(done.length, 1);
  const runId = done[0]?.runId as NonNullable<(typeof done)[0]['runId']>;
  const run = await runs.get(runId);
  const refreshes = await runs.refreshes([runId]);
  assert.deepEqual(
    refreshes.map(({ number, minedAt, takenAt }) => [number, minedAt, takenAt]),
    planRefreshes({ times: 2 }, run.totalSteps as number).map(({ number, minedAt, takenAt }) => [
      number,
      minedAt,
      takenAt,
    ]),
  );
  for (const { setId } of refreshes) {
    const set = await negatives.get(setId as NonNullable<typeof setId>);
    assert.deepEqual([set.status, set.source, set.encoderId], ['SUCCEEDED', 'ENCODER', null]);
    assert.ok((set.report?.fates.kept ?? 0) > 0);
    assert.equal((await negatives.rows(set, 'kept', { first: 3 })).rows.length, 3);
  }
  assert.deepEqual(
    [await counted('TrainingRun'), await counted('Encoder'), await counted('HardNegativeSet')],
    [1, 1, 2],
  );
  const { rows: waiting } = await db.pool.query('SELECT FROM "RunRefresh" WHERE "encoderSha256" IS NOT NULL');
  assert.equal(waiting.length, 0, 'no encoder is kept that was mined with');
  const { events } = await runs.eventsAfter(runId, 0);
  const said = events.filter(({ body }) => body.kind === 'log' && /come in$/.test(body.message));
  assert.ok(said.length >= 2);
  assert.ok(encoderId !== null && done[0]?.encoderId === encoderId);
});
