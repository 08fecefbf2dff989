import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { writeFileAtomic } from '../../src/platform/atomic-file.ts';

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'quartet-atomic-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('a file is replaced as a whole, from text, bytes or a writer', async (t) => {
  const path = join(await temporaryFolder(t), 'file');
  await writeFileAtomic(path, 'old');
  assert.equal(await readFile(path, 'utf8'), 'old');
  await writeFileAtomic(path, Uint8Array.of(1, 2, 3));
  assert.deepEqual([...(await readFile(path))], [1, 2, 3]);
  await writeFileAtomic(path, async (file) => {
    await file.write('a');
    await file.write('b');
    assert.deepEqual([...(await readFile(path))], [1, 2, 3], 'the old content stays until the new one is complete');
  });
  assert.equal(await readFile(path, 'utf8'), 'ab');
});

test('a writer that fails leaves the old file and nothing else', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'file');
  await writeFileAtomic(path, 'old');
  const fault = new Error('half way');
  const half = writeFileAtomic(path, async (file) => {
    await file.write('ne');
    throw fault;
  });
  await assert.rejects(half, fault);
  assert.equal(await readFile(path, 'utf8'), 'old');
  assert.deepEqual(await readdir(folder), ['file']);
});

test('a folder that does not exist is the caller’s error', async (t) => {
  const path = join(await temporaryFolder(t), 'nowhere', 'file');
  await assert.rejects(writeFileAtomic(path, ''), { code: 'ENOENT' });
});

test('of many writers at once one wins whole', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'file');
  const contents = Array.from({ length: 20 }, (_, i) => String.fromCharCode(97 + i).repeat(10_000));
  await Promise.all(contents.map((content) => writeFileAtomic(path, content)));
  assert.ok(contents.includes(await readFile(path, 'utf8')));
  assert.deepEqual(await readdir(folder), ['file']);
});
