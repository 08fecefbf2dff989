import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeImage } from '../../src/data/images/decode.ts';
import { encodePng } from '../../src/data/images/png.ts';
import type { EncoderId } from '../../src/domain/ids.ts';
import { learnModel, loadEncoder } from '../../src/encoders/index.ts';
import { createRandom } from '../../src/platform/random.ts';
import { newUuid } from '../../src/platform/uuid.ts';
import { EncodersService } from '../../src/services/encoders.ts';
import { resolveTrainingConfig } from '../../src/training/defaults.ts';
import { testTensors } from '../support/tensors.ts';
import { openHouse } from './search-fixtures.ts';

const SIZE = 48;
const random = createRandom(4);
const files = Array.from({ length: 12 }, () => {
  const pixels = Uint8Array.from({ length: SIZE * SIZE * 3 }, () => random.int(256));
  return encodePng({ width: SIZE, height: SIZE, channels: 3, pixels });
});

/** Milliseconds that this thread computes for what is asked, and the longest that it does so without turning. */
async function computed(asked: () => Promise<unknown>): Promise<{ whole: number; longest: number }> {
  const spent = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  };
  const begun = spent();
  let [last, longest] = [begun, 0];
  const timer = setInterval(() => {
    const now = spent();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  await asked();
  clearInterval(timer);
  return { whole: spent() - begun, longest };
}

test('images are encoded beside the thread that serves, as they would be in it', async (t) => {
  const { db, artifacts } = await openHouse(t);
  const config = resolveTrainingConfig({ encoder: { kind: 'image-conv', size: SIZE, filters: 32, dimensions: 64 } });
  const image = { width: SIZE, height: SIZE, channels: 3, pixels: new Uint8Array(SIZE * SIZE * 3) };
  const model = learnModel(config.encoder, [image], createRandom(1), await testTensors(), config.optimizer);
  const dir = await artifacts.tempDir('encoder');
  await model.save(dir, { runId: 'r', datasetHash: 'h', config, metrics: null });
  model.dispose();
  const { sha256, bytes } = await artifacts.adopt('encoder', dir);
  const id = newUuid() as EncoderId;
  await db.pool.query(
    `INSERT INTO "Encoder" (id, name, version, kind, dimensions, sha256, bytes, card) VALUES ($1, 'pictures', 1, 'image-conv', 64, $2, $3, '{}')`,
    [id, sha256, bytes],
  );
  const encoders = new EncodersService({ db, artifacts });
  t.after(() => encoders.close());
  const asked = files.map((file) => ({ image: file }));
  // Starts the thread and loads the encoder.
  await encoders.embedStored(id, asked.slice(0, 1));

  const { height, width, channels } = image;
  const images = await Promise.all(files.map((file) => decodeImage(file, { height, width, channels })));
  const encoder = await loadEncoder(artifacts.path('encoder', sha256));
  encoder.encode(images.slice(0, 2));
  let expected: Float32Array | undefined;
  let found: Float32Array | undefined;
  const here = await computed(async () => {
    expected = encoder.encode(images);
  });
  const there = await computed(async () => {
    found = (await encoders.embedStored(id, asked)).vectors;
  });
  t.diagnostic(
    `${here.whole} ms in this thread; beside it ${there.whole} ms here, at most ${there.longest} ms at a time`,
  );
  assert.deepEqual(found, expected);
  assert.ok(there.whole < here.whole / 3, `${there.whole} ms of ${here.whole} ms are left to the thread that serves`);
  assert.ok(there.longest < 50, `${there.longest} ms without a turn`);
});
