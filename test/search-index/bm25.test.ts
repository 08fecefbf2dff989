import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Bm25Index } from '../../src/search-index/bm25.ts';

const words = ['heart', 'lung', 'Kidney', 'pain', 'the', 'of', 'élan', '42'];
const sentence = fc.array(fc.constantFrom(...words), { maxLength: 8 }).map((list) => list.join(' '));

/** Okapi BM25 word for word, over all documents. */
function naive(documents: readonly string[], query: string): number[] {
  const split = (text: string) => text.toLowerCase().split(' ').filter(Boolean);
  const texts = documents.map(split);
  const mean = texts.reduce((sum, { length }) => sum + length, 0) / texts.length || 1;
  return texts.map((text) =>
    split(query).reduce((sum, word) => {
      const n = texts.filter((other) => other.includes(word)).length;
      const tf = text.filter((other) => other === word).length;
      const idf = Math.log(1 + (texts.length - n + 0.5) / (n + 0.5));
      return sum + (idf * tf * 2.2) / (tf + 1.2 * (0.25 + (0.75 * text.length) / mean));
    }, 0),
  );
}

test('scores and ranks as the formula does, and leaves out what shares no word', () => {
  fc.assert(
    fc.property(fc.array(sentence, { minLength: 1, maxLength: 12 }), sentence, (documents, query) => {
      const index = new Bm25Index(documents.length, (row) => documents[row] as string);
      const expected = naive(documents, query);
      const { rows, scores } = index.search(query, 5);
      const best = expected.filter((score) => score > 0).sort((a, b) => b - a);
      assert.equal(rows.length, Math.min(5, best.length));
      for (const [i, row] of rows.entries()) {
        assert.ok(Math.abs((scores[i] as number) - (expected[row] as number)) < 1e-4);
        assert.ok(Math.abs((scores[i] as number) - (best[i] as number)) < 1e-4);
        assert.ok(Math.abs(index.score(query, documents[row] as string, row) - (expected[row] as number)) < 1e-4);
      }
      assert.deepEqual(index.search(query, 5), { rows, scores }, 'a search leaves nothing behind');
    }),
    { numRuns: 300 },
  );
});
