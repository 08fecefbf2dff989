import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readSafetensors, writeSafetensors } from '../../src/encoders/safetensors.ts';

const arrays = {
  table: Float32Array.from([1, -2.5, 3e-8, Number.NaN, 5, 6]),
  counts: Int32Array.from([-1, 2 ** 31 - 1]),
  state: Uint32Array.from([2 ** 32 - 1]),
  nothing: new Float32Array(0),
};

async function written(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'quartet-safetensors-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'a.safetensors');
  await writeSafetensors(path, arrays, { shapes: { table: [3, 2] }, metadata: { made: 'by a test' } });
  return path;
}

test('reads back what it wrote, bit for bit, with shapes and metadata', async (t) => {
  const content = await readSafetensors(await written(t));
  assert.deepEqual(content.arrays, arrays);
  assert.deepEqual(content.shapes, { table: [3, 2], counts: [2], state: [1], nothing: [0] });
  assert.deepEqual({ ...content.metadata }, { made: 'by a test' });
});

test('lays the bytes out as the format says', async (t) => {
  const bytes = await readFile(await written(t));
  const length = Number(bytes.readBigUInt64LE());
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length));
  assert.deepEqual(header.table, { dtype: 'F32', shape: [3, 2], data_offsets: [0, 24] });
  assert.deepEqual(header.counts, { dtype: 'I32', shape: [2], data_offsets: [24, 32] });
  assert.equal(bytes.readFloatLE(8 + length + 4), -2.5);
});

test('refuses a file that was cut off or is none, and a shape that does not fit', async (t) => {
  const path = await written(t);
  const whole = await readFile(path);
  for (const length of [0, 7, 20, whole.length - 1]) {
    await writeFile(path, whole.subarray(0, length));
    await assert.rejects(readSafetensors(path), { code: 'CORRUPT_ARTIFACT' });
  }
  await writeFile(path, Buffer.concat([whole, Buffer.from('x')]));
  await assert.rejects(readSafetensors(path), { code: 'CORRUPT_ARTIFACT' });
  await assert.rejects(readSafetensors(`${path}.absent`), { code: 'CORRUPT_ARTIFACT' });
  await assert.rejects(writeSafetensors(path, arrays, { shapes: { table: [4, 2] } }), /array table has 6 elements/);
});
