import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mining, openRefine, stopAtEveryStage } from './refine-fixtures.ts';

test('a refinement whose worker is stopped at every stage goes on, and trains nothing twice', {
  timeout: 300_000,
}, async (t) => {
  const house = await openRefine(t);
  const { negatives, indexes, runs, counted } = house;
  const { get } = await house.start({}, { rounds: 1, mining });
  /** What there is by now: each further one is a stage further. */
  const stage = async () => {
    const { done, status, indexId } = await get();
    const made = done.flatMap((round) => [round.runId, round.encoderId, round.indexId, round.setId, round.verdict]);
    return made.filter((one) => one !== null).length + (indexId === null ? 0 : 1) + (status === 'SUCCEEDED' ? 1 : 0);
  };
  await stopAtEveryStage(house, get, stage);
  const { done, encoderId, indexId } = await get();
  assert.deepEqual(
    done.map(({ round }) => round),
    [0, 1],
  );
  const [first, second] = done;
  assert.equal(first?.taken, true);
  assert.equal(second?.taken, (second?.verdict?.difference ?? -1) >= 0);
  assert.equal(encoderId, second?.taken ? second.encoderId : first?.encoderId);
  assert.equal((await indexes.get(indexId as NonNullable<typeof indexId>)).encoderId, encoderId);
  assert.equal((await negatives.get(second?.setId as never)).encoderId, first?.encoderId);
  assert.deepEqual(
    [await counted('TrainingRun'), await counted('Encoder'), await counted('HardNegativeSet')],
    [2, 2, 1],
  );
  assert.equal(await counted('IndexVersion'), second?.taken ? 2 : 1);
  const { config: trained } = await runs.get(second?.runId as NonNullable<NonNullable<typeof second>['runId']>);
  assert.equal(trained.hardNegativeSetId, second?.setId);
});
