import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Overlay, type OverlayChange } from '../../src/search-index/overlay.ts';

/** So wide that a search gives way to the event loop every 500 items. */
const DIMENSIONS = 8_000;
const ITEMS = 1_100;

/** Along one axis: the score of a query along the first is its first number. */
function content(id: number, score: number): OverlayChange {
  const vector = new Float32Array(DIMENSIONS);
  vector[0] = score;
  return { id, kind: 'content', vector, label: null, metadata: {} };
}

test('a search in the middle of which items change finds each once, as it was or as it is', async () => {
  const overlay = new Overlay({ dimensions: DIMENSIONS, rowOf: () => null });
  overlay.apply(Array.from({ length: ITEMS }, (_, at) => content(at + 1, 0.1)));
  const query = new Float32Array(DIMENSIONS);
  query[0] = 1;
  for (const changed of [1, 499, 501, ITEMS]) {
    // It has compared the first five hundred when it gives way.
    const searching = overlay.nearest(query, 2 * ITEMS, null);
    overlay.apply([content(changed, 0.9), content(ITEMS + 100 + changed, 0.5)]);
    const { ids, scores } = await searching;
    assert.equal(new Set(ids).size, ids.length, `an item is there twice after ${changed} had changed`);
    const at = ids.indexOf(changed);
    assert.ok(at >= 0, `item ${changed} is lost`);
    assert.ok(
      [0.1, 0.9].some((score) => Math.abs(score - (scores[at] as number)) < 1e-6),
      String(scores[at]),
    );
    const after = await overlay.nearest(query, 2 * ITEMS, null);
    assert.equal(after.ids.length, overlay.tail);
    assert.ok(Math.abs((after.scores[after.ids.indexOf(changed)] as number) - 0.9) < 1e-6);
    overlay.apply([content(changed, 0.1)]);
  }
});
