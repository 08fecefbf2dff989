import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { decodeImage, imageFault, imageShape } from '../../../src/data/images/decode.ts';
import { encodePng } from '../../../src/data/images/png.ts';
import { createRandom } from '../../../src/platform/random.ts';

function noise(width: number, height: number, channels: 1 | 3) {
  const random = createRandom(7);
  return {
    width,
    height,
    channels,
    pixels: Uint8Array.from({ length: width * height * channels }, () => Math.floor(random.next() * 256)),
  };
}

test('pixels come back from their PNG as they were, grey and in colour, small and in many blocks', async () => {
  for (const image of [noise(1, 1, 1), noise(28, 28, 1), noise(32, 32, 3), noise(300, 200, 3)]) {
    const file = encodePng(image);
    const { width, height, channels } = image;
    assert.deepEqual(await imageShape(file), { width, height, channels });
    const decoded = await decodeImage(file, image);
    assert.deepEqual({ ...decoded, pixels: Uint8Array.from(decoded.pixels) }, image);
    assert.equal(await imageFault(file), null);
  }
});

test('an image of another size is scaled, one that lies is turned, transparency becomes white, grey and colour change', async () => {
  const wide = await sharp({ create: { width: 90, height: 30, channels: 3, background: '#ff0000' } })
    .jpeg()
    .withMetadata({ orientation: 6 })
    .toBuffer();
  assert.deepEqual(await imageShape(wide), { width: 30, height: 90, channels: 3 });
  const square = await decodeImage(wide, { width: 16, height: 16, channels: 1 });
  assert.equal(square.pixels.length, 256);
  const clear = await sharp({ create: { width: 8, height: 8, channels: 4, background: '#00000000' } })
    .webp()
    .toBuffer();
  assert.deepEqual([...(await decodeImage(clear, { width: 1, height: 1, channels: 3 })).pixels], [255, 255, 255]);
  const grey = encodePng(noise(8, 8, 1));
  const { pixels } = await decodeImage(grey, { width: 8, height: 8, channels: 3 });
  assert.equal(pixels[0], pixels[1]);
});

/** A PNG whose header says it is so large; the rest of it is that of a small one. */
function swollen(png: Buffer, width: number, height: number): Buffer {
  const header = Buffer.from(png.subarray(12, 29));
  header.writeUInt32BE(width, 4);
  header.writeUInt32BE(height, 8);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(header));
  return Buffer.concat([png.subarray(0, 12), header, checksum, png.subarray(33)]);
}

test('an image that says it is huge takes neither memory nor time, and one that is cut anywhere is refused', async () => {
  const png = Buffer.from(encodePng(noise(40, 30, 3)));
  assert.equal(await imageFault(png), null);
  assert.deepEqual(await imageFault(swollen(png, 40, 30)), null);
  const before = process.memoryUsage().rss;
  for (const [width, height] of [
    [100_000, 100_000],
    [2 ** 31 - 1, 2 ** 31 - 1],
    [2 ** 30, 1],
    [0, 0],
  ] as const) {
    const bomb = swollen(png, width, height);
    assert.match((await imageFault(bomb)) ?? '', /can not be decoded/, `${width} x ${height}`);
    await assert.rejects(decodeImage(bomb, { width: 8, height: 8, channels: 3 }), { code: 'BAD_INPUT' });
  }
  assert.ok(process.memoryUsage().rss - before < 200 * 2 ** 20);
  // Within the bound, and yet not there.
  assert.match((await imageFault(swollen(png, 4_000, 4_000))) ?? '', /can not be decoded/);
  const gif = Buffer.from('4749463839610000000080000000000000ffffff2c00000000ffffffff0002', 'hex');
  for (const whole of [png, await sharp(png).webp().toBuffer(), await sharp(png).tiff().toBuffer(), gif]) {
    for (const share of [0.2, 0.5, 0.8]) {
      const cut = whole.subarray(0, Math.max(16, Math.floor(whole.length * share)));
      assert.match((await imageFault(cut)) ?? '', /can not be decoded|no JPEG/, `${whole.subarray(0, 4)} at ${share}`);
    }
  }
});

test('what is cut off, too large once unpacked, or no image at all has a reason', async () => {
  const jpeg = await sharp({
    create: {
      width: 64,
      height: 64,
      channels: 3,
      background: 'red',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
    .jpeg()
    .toBuffer();
  assert.equal(await imageFault(jpeg), null);
  assert.match((await imageFault(jpeg.subarray(0, jpeg.length / 2))) ?? '', /can not be decoded/);
  const bomb = await sharp({ create: { width: 8_000, height: 8_000, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  assert.match((await imageFault(bomb)) ?? '', /pixel limit/);
  for (const other of ['<svg xmlns="http://www.w3.org/2000/svg"/>', '', 'hello']) {
    assert.match((await imageFault(Buffer.from(other))) ?? '', /no JPEG, PNG/);
  }
  await assert.rejects(decodeImage(Buffer.from('GIF89a'), { width: 1, height: 1, channels: 1 }), { code: 'BAD_INPUT' });
});
