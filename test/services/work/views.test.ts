import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomView } from '../../../src/encoders/index.ts';
import { createRandom, type Random } from '../../../src/platform/random.ts';
import { ImageViews } from '../../../src/services/work/image-views.ts';
import { type ViewThreads, viewsOf } from '../../../src/services/work/views.ts';

const shape = { width: 9, height: 8, channels: 3 };
const LENGTH = 9 * 8 * 3;
const COUNT = 12;
const random = createRandom(2);
const pixels = new Uint8Array(new SharedArrayBuffer(COUNT * LENGTH)).map(() => random.int(256));
const item = (row: number) => pixels.subarray(row * LENGTH, (row + 1) * LENGTH);
const view = (image: unknown, by: Random) => randomView({ ...shape, pixels: image as Uint8Array }, by);
const rows = { queryRows: Int32Array.of(3, 1, 11), keyRows: Int32Array.of(3, 1, 11) };

test('views from other threads equal those of this one, whatever was made before and in whatever order', async (t) => {
  const threads = new ImageViews({ shape, pixels });
  t.after(() => threads.close());
  const [own, theirs] = [viewsOf(item, { view }, { seed: 7 }), viewsOf(item, { view }, { seed: 7 }, threads)];
  await Promise.all([5, 4, 6].map((batch) => theirs.prepareBatch?.(batch, rows)));
  for (const batch of [4, 5, 6, 9]) {
    // Row 0 was not prepared, nor was batch 9.
    for (const row of [...rows.queryRows, 0]) {
      assert.deepEqual(theirs.query(row, batch), own.query(row, batch), `query ${row} of batch ${batch}`);
      assert.deepEqual(theirs.item(row, batch), own.item(row, batch), `item ${row} of batch ${batch}`);
    }
  }
  assert.notDeepEqual(own.query(3, 4), own.item(3, 4));
  assert.notDeepEqual(own.query(3, 4), own.query(3, 5));
});

test('what was prepared is used, and let go when its time is over', async () => {
  const made: number[] = [];
  const threads: ViewThreads = {
    draw: async (of, side, batch) => {
      made.push(batch);
      return Array.from(of, (row) => `${side} ${batch} ${row}`);
    },
  };
  const views = viewsOf(() => 'item', { view: () => 'made here' }, { seed: 1 }, threads);
  await views.prepareBatch?.(0, rows);
  assert.deepEqual([views.query(1, 0), views.item(1, 0), views.query(1, 1)], ['0 0 1', '1 0 1', 'made here']);
  await views.prepareBatch?.(1, rows);
  await views.prepareBatch?.(2, rows);
  assert.deepEqual([views.query(1, 0), views.query(1, 1), views.query(1, 2)], ['made here', '0 1 1', '0 2 1']);
  assert.deepEqual(made, [0, 0, 1, 1, 2, 2]);
});
