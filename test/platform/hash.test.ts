import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sha256, sha256File } from '../../src/platform/hash.ts';

// FIPS 180-2, appendix B.1.
const OF_ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

test('text, bytes and files hash to the standard’s value', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'quartet-hash-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'abc'), 'abc');
  assert.equal(sha256('abc'), OF_ABC);
  assert.equal(sha256(Buffer.from('abc')), OF_ABC);
  assert.equal(await sha256File(join(folder, 'abc')), OF_ABC);
});

test('a file larger than one read hashes as its bytes do', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'quartet-hash-'));
  t.after(() => rm(folder, { recursive: true }));
  const bytes = Buffer.alloc(3_000_001, 'xyz');
  await writeFile(join(folder, 'large'), bytes);
  assert.equal(await sha256File(join(folder, 'large')), sha256(bytes));
});
