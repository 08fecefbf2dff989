import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TextFeatures } from '../../../src/encoders/text-static/features.ts';
import { HashIndex } from '../../../src/encoders/text-static/hash-index.ts';
import { learnVocabulary } from '../../../src/encoders/text-static/vocabulary.ts';

const spec = { kind: 'text-static', dimensions: 32, vocabularySize: 256, maxTokens: 64 } as const;

test('tokens of two texts or more get rows, the most frequent first, ties in order', () => {
  const { tokens, weights } = learnVocabulary(['b a the', 'a the b', 'the rare rare', 'the'], spec);
  assert.deepEqual(tokens, ['the', 'a', 'b']);
  assert.equal(weights[1], weights[2]);
  assert.ok(weights[0]! < weights[1]! && weights[1]! <= 1);
});

test('the size asked for is a bound, and the order of the texts does not matter', () => {
  const texts = Array.from({ length: 400 }, (_, i) => `common w${i % 300} w${(i * 7) % 300} w${(i * 11) % 300}`);
  const learned = learnVocabulary(texts, spec);
  assert.equal(learned.tokens.length, 256);
  assert.deepEqual(learnVocabulary(texts.toReversed(), spec), learned);
});

test('no text at all still makes a vocabulary', () => {
  const vocabulary = learnVocabulary([], spec);
  assert.deepEqual(vocabulary.tokens, []);
  assert.ok(new TextFeatures(vocabulary).prepare('anything').length > 0);
});

test('a text is a bag with each row once; the start and rare words weigh more', () => {
  const vocabulary = learnVocabulary(['alpha beta the', 'alpha the', 'beta the', 'the'], spec);
  const features = new TextFeatures(vocabulary);
  const bag = (text: string) => {
    const prepared = features.prepare(text);
    const n = prepared.length / 2;
    const weights = new Float32Array(prepared.buffer, 4 * n, n);
    return new Map(Array.from(weights, (weight, i) => [vocabulary.tokens[prepared[i]!] ?? prepared[i], weight]));
  };
  const first = bag('alpha beta alpha the');
  assert.deepEqual([...first.keys()], ['alpha', 'beta', 'the']);
  assert.ok(first.get('alpha')! > first.get('beta')!);
  assert.ok(bag('beta').get('beta')! > first.get('beta')!);
  const { leadTokens, tail } = vocabulary.pooling;
  const expected =
    vocabulary.weights[vocabulary.tokens.indexOf('alpha')]! * (1 + tail + 1 / (1 + 2 / leadTokens) + tail);
  assert.ok(Math.abs(first.get('alpha')! - expected) < 1e-6);
  assert.equal(features.prepare('').length, 0);
});

test('an unknown word stands for its n-grams and the known words spelled like it', () => {
  const texts = ['diabetes insulin', 'diabetes insulin', 'unrelated words', 'unrelated words'];
  const vocabulary = learnVocabulary(texts, spec);
  const features = new TextFeatures(vocabulary);
  const rows = (text: string) => {
    const prepared = features.prepare(text);
    return [...prepared.subarray(0, prepared.length / 2)];
  };
  const known = rows('diabtes').filter((row) => row < vocabulary.tokens.length);
  assert.deepEqual(
    known.map((row) => vocabulary.tokens[row]),
    ['diabetes'],
  );
  assert.ok(rows('diabtes').some((row) => row >= vocabulary.tokens.length));
  assert.deepEqual(
    rows('98765').filter((row) => row < vocabulary.tokens.length),
    [],
  );
  assert.deepEqual(rows('xylophone'), rows('Xylophone'));
});

test('the hash index is a map', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer()), { maxLength: 200 }), (keys) => {
      const index = new HashIndex(4);
      const expected = new Map<string, number>();
      for (const [low, high] of keys) {
        const name = `${low} ${high}`;
        if (!expected.has(name)) expected.set(name, expected.size);
        assert.equal(index.add(low, high), expected.get(name));
      }
      for (const [low, high] of keys) assert.equal(index.get(low, high), expected.get(`${low} ${high}`));
      assert.equal(index.get(99, 99), -1);
      assert.equal(index.size, expected.size);
    }),
  );
});
