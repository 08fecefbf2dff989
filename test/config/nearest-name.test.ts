import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { editDistance, nearestName } from '../../src/config/nearest-name.ts';

/** The definition, by recursion: slow, and plainly right. */
function naive(from: string, to: string): number {
  if (from === '' || to === '') return from.length + to.length;
  const [a, b] = [from.slice(1), to.slice(1)];
  if (from[0] === to[0]) return naive(a, b);
  return 1 + Math.min(naive(a, to), naive(from, b), naive(a, b));
}

test('the edit distance is that of its definition', () => {
  const word = fc.string({ unit: fc.constantFrom('A', 'B', '_'), maxLength: 6 });
  fc.assert(fc.property(word, word, (from, to) => editDistance(from, to) === naive(from, to)));
});

test('the nearest of several is found, and nothing when all are far', () => {
  assert.equal(nearestName('QUARTET_HOTS', ['QUARTET_PORT', 'QUARTET_HOST']), 'QUARTET_HOST');
  assert.equal(nearestName('ABC', ['XYZ']), undefined);
});
