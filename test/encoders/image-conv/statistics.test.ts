import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inputOf } from '../../../src/encoders/image-conv/statistics.ts';

test('mean and deviation of each channel come from all images, and a channel of one value gets a deviation to divide by', () => {
  const image = (...pixels: number[]) => ({ width: 2, height: 1, channels: 3, pixels: Uint8Array.from(pixels) });
  // A generator: it can be read once only, as contents of a snapshot are.
  function* images() {
    yield image(0, 9, 40, 0, 9, 60);
    yield image(100, 9, 50, 100, 9, 50);
  }
  assert.deepEqual(inputOf(images()), {
    width: 2,
    height: 1,
    channels: 3,
    mean: [50, 9, 50],
    deviation: [50, 1, Math.sqrt(50)],
  });
  assert.equal(inputOf([]), null);
});
