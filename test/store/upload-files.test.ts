import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { UploadId } from '../../src/domain/ids.ts';
import { UploadFiles } from '../../src/store/upload-files.ts';

test('a part that another process still takes from a lost connection adds nothing twice', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'quartet-uploads-'));
  t.after(() => rm(dataDir, { recursive: true }));
  const id = '0198b3f0-0000-7000-8000-0123456789ab' as UploadId;
  const content = Buffer.from(Array.from({ length: 3_000 }, (_, n) => n % 251));
  const [first, second] = [new UploadFiles(dataDir), new UploadFiles(dataDir)];
  const lost = Promise.withResolvers<void>();
  async function* slow() {
    yield content.subarray(0, 1_000);
    await lost.promise;
    yield content.subarray(1_000, 2_000);
  }
  const begun = first.addPart(id, slow(), { offset: 0, end: 3_000 });
  while ((await second.partBytes(id)) < 1_000);
  async function* rest() {
    yield content.subarray(1_000, 1_500);
    lost.resolve();
    await begun;
    yield content.subarray(1_500);
  }
  assert.equal(await second.addPart(id, rest(), { offset: 1_000, end: 3_000 }), 3_000);
  const { bytes, sha256 } = await second.settleParts(id);
  assert.equal(bytes, content.length);
  assert.deepEqual(await readFile(second.path(id, sha256)), content);
});
