import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hashToken, TokenBuffer, tokenize } from '../../../src/encoders/text-static/tokens.ts';

function tokensOf(text: string, capacity = 512): string[] {
  const buffer = new TokenBuffer(capacity);
  tokenize(text, buffer);
  return Array.from({ length: buffer.count }, (_, t) => buffer.string(t));
}

test('words are runs of letters and digits in lower case, of any script', () => {
  assert.deepEqual(tokensOf('What IS vitamin B12?'), ['what', 'is', 'vitamin', 'b12']);
  assert.deepEqual(tokensOf('Привет, Ελλάδα עולם'), ['привет', 'ελλαδα', 'עולם']);
  assert.deepEqual(tokensOf('हिन्दी में'), ['हिन्दी', 'में']);
});

test('accents and compatibility forms do not matter', () => {
  assert.deepEqual(tokensOf('Ménière ﬁbre ＡＢＣ'), tokensOf('Meniere fibre ABC'));
  assert.deepEqual(tokensOf('I\u0307stanbul'), tokensOf('İstanbul'));
});

test('camelCase gives the whole and its humps', () => {
  assert.deepEqual(tokensOf('createReadStream'), ['createreadstream', 'create', 'read', 'stream']);
  assert.deepEqual(tokensOf('HTMLParser'), ['htmlparser', 'html', 'parser']);
  assert.deepEqual(tokensOf('all URLs'), ['all', 'urls']);
  assert.deepEqual(tokensOf('snake_case_name'), ['snake', 'case', 'name']);
});

test('scripts without spaces give n-grams, emoji stand alone', () => {
  assert.deepEqual(tokensOf('東京都'), ['東', '東京', '京', '京都', '都']);
  assert.deepEqual(tokensOf('สวัส'), ['สว', 'สวั', 'วั', 'วัส', 'ัส']);
  assert.deepEqual(tokensOf('好👍🏽 ok ❤️'), ['好', '👍', 'ok', '❤']);
});

test('a token has the hash of its string', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
      const buffer = new TokenBuffer(64);
      tokenize(text, buffer);
      for (let t = 0; t < buffer.count; t++) {
        const { low, high } = hashToken(buffer.string(t));
        assert.deepEqual([buffer.low[t], buffer.high[t]], [low, high], buffer.string(t));
      }
    }),
    { numRuns: 300 },
  );
});

test('any string at all is read, lone surrogates included, within the capacity', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 1, max: 20 }), (text, capacity) => {
      assert.ok(tokensOf(`${text}\ud800${text}\udc00`, capacity).length <= capacity);
    }),
    { numRuns: 300 },
  );
  assert.deepEqual(tokensOf(''), []);
  assert.deepEqual(tokensOf(' \n\t—…!?'), []);
});

test('a megabyte is cut where the capacity ends, and a word where its 64th character is', () => {
  assert.equal(tokensOf('word '.repeat(200_000), 100).length, 100);
  assert.deepEqual(tokensOf('x'.repeat(1_000_000), 100), ['x'.repeat(64)]);
  assert.equal(tokensOf('漢'.repeat(1_000_000), 100).length, 100);
});
