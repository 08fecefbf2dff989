import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadEncoder } from '../../../src/encoders/index.ts';
import { rowsOf } from '../../../src/encoders/text-static/features.ts';
import { saveTextStatic } from '../../../src/encoders/text-static/files.ts';
import { learnVocabulary } from '../../../src/encoders/text-static/vocabulary.ts';
import { createRandom } from '../../../src/platform/random.ts';
import { loadGuide } from '../../../src/services/work/guide.ts';

const ITEMS = ['red apple', 'green apple', 'brick house', 'wooden house'];
const QUERIES = ['which apple is red', 'a house of brick'];

test('a guide embeds rows as the saved encoder embeds their texts, also when asked again', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'quartet-guide-'));
  t.after(() => rm(dir, { recursive: true }));
  const spec = { kind: 'text-static', dimensions: 8, vocabularySize: 256, maxTokens: 16 } as const;
  const vocabulary = learnVocabulary([...ITEMS, ...QUERIES], spec);
  const random = createRandom(1);
  const vectors = Float32Array.from({ length: rowsOf(vocabulary) * spec.dimensions }, () => random.normal());
  await saveTextStatic(dir, vocabulary, vectors);
  const encoder = await loadEncoder(dir);
  const contents = {
    content: (side: 'items' | 'queries', row: number) => (side === 'items' ? ITEMS : QUERIES)[row] as string,
  };

  const guide = await loadGuide(dir, contents, 'queries');
  assert.equal(guide.dimensions, 8);
  for (const rows of [
    [2, 0, 2],
    [3, 0],
  ]) {
    assert.deepEqual(guide.items(Int32Array.from(rows)), encoder.encode(rows.map((row) => ITEMS[row]!)));
  }
  assert.deepEqual(guide.queries(Int32Array.of(1)), encoder.encode([QUERIES[1]!]));
  const ofItems = await loadGuide(dir, contents, 'items');
  assert.deepEqual(ofItems.queries(Int32Array.of(1)), encoder.encode([ITEMS[1]!]));
});
