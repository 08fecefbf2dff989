import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ImagePixels } from '../../../../src/encoders/content.ts';
import { blur } from '../../../../src/encoders/image-conv/views/blur.ts';
import { jitterColours, toGrey } from '../../../../src/encoders/image-conv/views/colour.ts';
import { cropAndScale } from '../../../../src/encoders/image-conv/views/crop.ts';
import { flip } from '../../../../src/encoders/image-conv/views/flip.ts';
import { randomView } from '../../../../src/encoders/image-conv/views/random-view.ts';
import { createRandom } from '../../../../src/platform/random.ts';

const images = fc
  .record({
    height: fc.integer({ min: 1, max: 9 }),
    width: fc.integer({ min: 1, max: 9 }),
    channels: fc.constantFrom(1, 3),
    seed: fc.nat(),
  })
  .map(({ height, width, channels, seed }): ImagePixels => {
    const random = createRandom(seed);
    const pixels = Uint8Array.from({ length: height * width * channels }, () => random.int(256));
    return { height, width, channels, pixels };
  });
const grey = (width: number, ...pixels: number[]): ImagePixels => ({
  height: pixels.length / width,
  width,
  channels: 1,
  pixels: Uint8Array.from(pixels),
});
const whole = ({ height, width }: ImagePixels) => ({ top: 0, left: 0, height, width });
const same = { brightness: 1, contrast: 1, saturation: 1 };

test('a crop of the whole, factors of one and two flips change nothing; nothing changes its argument', () => {
  fc.assert(
    fc.property(images, (image) => {
      const before = image.pixels.slice();
      assert.deepEqual(cropAndScale(image, whole(image)).pixels, before);
      assert.deepEqual(jitterColours(image, same).pixels, before);
      assert.deepEqual(flip(flip(image)).pixels, before);
      blur(image, 1);
      toGrey(image);
      randomView(image, createRandom(1));
      assert.deepEqual(image.pixels, before);
    }),
  );
});

test('an image of one colour stays so under crop, flip and blur', () => {
  fc.assert(
    fc.property(
      images,
      fc.integer({ min: 0, max: 255 }),
      fc.double({ min: 0.1, max: 3, noNaN: true }),
      (image, value, deviation) => {
        const plain = { ...image, pixels: new Uint8Array(image.pixels.length).fill(value) };
        const frame = { top: 0.2, left: 0.1, height: image.height * 0.6, width: image.width * 0.7 };
        for (const view of [cropAndScale(plain, frame), flip(plain), blur(plain, deviation)]) {
          assert.deepEqual(view.pixels, plain.pixels);
        }
      },
    ),
  );
});

test('a crop shows its part, enlarged', () => {
  const image = grey(4, 0, 0, 9, 9, 0, 0, 9, 9, 50, 50, 70, 70, 50, 50, 70, 70);
  assert.deepEqual([...cropAndScale(image, { top: 2, left: 2, height: 2, width: 2 }).pixels], new Array(16).fill(70));
  const ramp = grey(4, 0, 40, 80, 120);
  assert.deepEqual([...cropAndScale(ramp, { top: 0, left: 1, height: 1, width: 2 }).pixels], [40, 50, 70, 80]);
});

test('a flip turns left to right, each pixel whole', () => {
  const image = { height: 1, width: 2, channels: 3, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) };
  assert.deepEqual([...flip(image).pixels], [4, 5, 6, 1, 2, 3]);
});

test('brightness scales, contrast spreads around the mean, saturation around grey, bytes end at 0 and 255', () => {
  const image = grey(2, 100, 200);
  assert.deepEqual([...jitterColours(image, { ...same, brightness: 0.5 }).pixels], [50, 100]);
  assert.deepEqual([...jitterColours(image, { ...same, contrast: 0.5 }).pixels], [125, 175]);
  assert.deepEqual([...jitterColours(image, { ...same, contrast: 4 }).pixels], [0, 255]);
  const red = { height: 1, width: 1, channels: 3, pixels: Uint8Array.of(200, 0, 0) };
  assert.deepEqual([...toGrey(red).pixels], [60, 60, 60]);
  assert.deepEqual([...jitterColours(red, { ...same, saturation: 0.5 }).pixels], [130, 30, 30]);
});

test('a blur spreads a point evenly and keeps the sum', () => {
  const image = grey(9, ...Array.from({ length: 81 }, (_, i) => (i === 40 ? 250 : 0)));
  const { pixels } = blur(image, 1);
  const density = (x: number, y: number) => (250 * Math.exp(-(x * x + y * y) / 2)) / (2 * Math.PI);
  for (const [x, y] of [
    [0, 0],
    [1, 0],
    [0, -1],
    [-1, 1],
    [2, 0],
  ] as const) {
    assert.ok(Math.abs(pixels[40 + x + 9 * y]! - density(x, y)) <= 1.5, `${pixels[40 + x + 9 * y]} at ${x}, ${y}`);
  }
});

test('a view depends on image and random state alone, differs from view to view, and keeps shape', () => {
  const random = createRandom(2);
  const pixels = Uint8Array.from({ length: 32 * 32 * 3 }, () => random.int(256));
  const image = { height: 32, width: 32, channels: 3, pixels };
  const views = Array.from({ length: 20 }, (_, seed) => randomView(image, createRandom(seed)));
  for (const [seed, view] of views.entries()) {
    assert.equal(view.length, pixels.length);
    assert.deepEqual(randomView(image, createRandom(seed)), view);
  }
  assert.equal(new Set(views.map((view) => view.join())).size, 20);
});
