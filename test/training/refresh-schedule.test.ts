import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { planRefreshes } from '../../src/training/refresh-schedule.ts';

test('minings are spread evenly, and come in a quarter of the way to the next', () => {
  assert.deepEqual(planRefreshes({ times: 1 }, 100), [{ number: 1, minedAt: 50, takenAt: 63 }]);
  assert.deepEqual(planRefreshes({ times: 3 }, 400), [
    { number: 1, minedAt: 100, takenAt: 125 },
    { number: 2, minedAt: 200, takenAt: 225 },
    { number: 3, minedAt: 300, takenAt: 325 },
  ]);
});

test('however short the run: mined before taken, taken before the next is mined, and all within it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 500 }), (times, totalSteps) => {
      const planned = planRefreshes({ times }, totalSteps);
      let before = 0;
      for (const [i, { number, minedAt, takenAt }] of planned.entries()) {
        assert.equal(number, i + 1);
        assert.ok(minedAt >= before && minedAt > 0 && takenAt > minedAt && takenAt < totalSteps);
        before = takenAt;
      }
      assert.ok(planned.length <= times);
      if (totalSteps >= 3 * (times + 1)) assert.equal(planned.length, times);
    }),
  );
});
