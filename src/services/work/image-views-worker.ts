import { move } from 'piscina';
import { randomView } from '../../encoders/index.ts';
import { createRandom } from '../../platform/random.ts';
import type { ViewRequest } from './image-views.ts';
import { viewSeed } from './views.ts';

/* A thread of ImageViews. */

/** @returns the views one after another */
export default function draw({ shape, pixels, rows, side, batch, seed }: ViewRequest) {
  const length = shape.width * shape.height * shape.channels;
  const views = new Uint8Array(rows.length * length);
  for (const [i, row] of rows.entries()) {
    const image = { ...shape, pixels: pixels.subarray(row * length, (row + 1) * length) };
    views.set(randomView(image, createRandom(viewSeed(row, side, batch, seed))), i * length);
  }
  return move(views);
}
