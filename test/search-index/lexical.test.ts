import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LexicalIndex } from '../../src/search-index/lexical.ts';
import { wordsOf } from '../../src/search-index/words.ts';
import { sentences } from '../services/search-fixtures.ts';

/** BM25 (Robertson and Zaragoza 2009, eq. 3.15) with SQLite's inverse document frequency, word by word. */
function naive(texts: ReadonlyMap<number, string>, query: string): { id: number; score: number }[] {
  const documents = [...texts].map(([id, text]) => ({ id, words: wordsOf(text) }));
  const mean = documents.reduce((sum, { words }) => sum + words.length, 0) / documents.length;
  const scored = documents.map(({ id, words }) => {
    let score = 0;
    for (const word of new Set(wordsOf(query))) {
      const having = documents.filter((other) => other.words.includes(word)).length;
      const idf = Math.max(1e-6, Math.log((documents.length - having + 0.5) / (having + 0.5)));
      const count = words.filter((other) => other === word).length;
      score += (idf * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * words.length) / mean));
    }
    return { id, score };
  });
  return scored.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score || a.id - b.id);
}

test('ranks by BM25 as it is worked out word by word, while items come and go', async (t) => {
  const index = new LexicalIndex();
  t.after(() => index.close());
  const texts = new Map(sentences(200).map((text, at) => [at + 1, at % 3 === 0 ? `${text} ${text} café` : text]));
  await index.apply([...texts].map(([id, text]) => ({ id, text })));
  const check = async (query: string) => {
    const expected = naive(texts, query);
    const found = await index.search(query, 20, null);
    assert.equal(found.length, Math.min(20, expected.length));
    for (const [at, { id, score }] of found.entries()) {
      assert.ok(Math.abs(score - (expected[at]?.score ?? 0)) < 1e-4, `${query} ${at}: ${score} ${expected[at]?.score}`);
      assert.ok(Math.abs((expected.find((other) => other.id === id)?.score ?? 0) - score) < 1e-4);
    }
  };
  await check('kidney pain');
  await check('What are the SYMPTOMS of bone cancer?');
  await check('cafe "OR" NEAR(x) kidney* -pain');
  for (const id of [2, 12, 22]) texts.delete(id);
  texts.set(5, 'a wholly new kidney text');
  texts.set(900, 'kidney');
  const changed = [2, 12, 22, 5, 900, 77_777].map((id) => ({ id, text: texts.get(id) ?? null }));
  await index.apply(changed);
  await check('kidney pain');
  assert.deepEqual(await index.search('?! ', 5, null), []);
  assert.deepEqual(await index.search('nowhere', 5, null), []);
  const even = await index.search('kidney', 8, (id) => id % 2 === 0);
  assert.deepEqual(
    even.map(({ id }) => id),
    naive(texts, 'kidney')
      .map(({ id }) => id)
      .filter((id) => id % 2 === 0)
      .slice(0, 8),
  );
});
