import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { kindOf } from '../../src/app/commands/import.ts';
import { fileOf, scratch } from '../data/files.ts';

test('what a new dataset holds is told from the files where nobody says it', async (t) => {
  const directory = scratch(t);
  const idx = Buffer.from([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7]);
  const path = (name: string, content: string | Uint8Array) => fileOf(directory, name, content).path;
  const images = path('train-images-idx3-ubyte', idx);
  assert.equal(await kindOf({ file: [images] }), 'IMAGE');
  assert.equal(await kindOf({ file: [path('images.gz', gzipSync(idx))] }), 'IMAGE');
  assert.equal(await kindOf({ file: [path('classes.json', '["a"]'), path('data_batch_1.bin', 'x')] }), 'IMAGE');
  assert.equal(await kindOf({ file: [path('a.jsonl', '{"text":"a"}')] }), undefined);
  assert.equal(await kindOf({ file: [path('b.jsonl', '{}')], vector: 'v' }), 'VECTOR');
  assert.equal(await kindOf({ file: [images], kind: 'text' }), 'TEXT');
  assert.equal(await kindOf({ file: [images], format: 'csv' }), undefined);
});
