import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pairedBootstrap } from '../../src/evaluation/bootstrap.ts';
import { verdictOn } from '../../src/evaluation/verdict.ts';
import { createRandom } from '../../src/platform/random.ts';

function scores(count: number, seed: number, shift: number): { before: number[]; after: number[] } {
  const random = createRandom(seed);
  const before = Array.from({ length: count }, () => random.next());
  return { before, after: before.map((score) => score + shift + 0.2 * random.normal()) };
}

test('the interval is the one that the central limit theorem gives for many queries', () => {
  const { before, after } = scores(4_000, 1, 0.05);
  const differences = after.map((score, i) => score - (before[i] as number));
  const mean = differences.reduce((sum, d) => sum + d, 0) / differences.length;
  const variance = differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (differences.length - 1);
  const half = 1.959964 * Math.sqrt(variance / differences.length);
  const found = pairedBootstrap(before, after, createRandom(2));
  assert.ok(Math.abs(found.difference - mean) < 1e-12);
  assert.ok(Math.abs(found.low - (mean - half)) < 0.1 * half, `${found.low} is not ${mean - half}`);
  assert.ok(Math.abs(found.high - (mean + half)) < 0.1 * half, `${found.high} is not ${mean + half}`);
});

test('about one interval in twenty misses the true difference', () => {
  let missed = 0;
  for (let seed = 0; seed < 300; seed++) {
    const { before, after } = scores(120, 1_000 + seed, 0.03);
    const { low, high } = pairedBootstrap(before, after, createRandom(seed));
    if (low > 0.03 || high < 0.03) missed++;
  }
  // Binomial(300, 0.05): 15 expected, standard deviation 3.8.
  assert.ok(missed >= 5 && missed <= 28, `${missed} of 300 missed`);
});

test('pairing finds a small gain that unpaired queries would hide', () => {
  const random = createRandom(4);
  const before = Array.from({ length: 200 }, () => random.int(2));
  const after = before.map((score) => score + 0.01 + 0.01 * random.normal());
  assert.equal(verdictOn('ndcgAt10', before, after, createRandom(1))?.outcome, 'better');
  // Not the same queries any more: the difference between them drowns the gain.
  const shuffled = createRandom(5).shuffle(after.slice());
  assert.equal(verdictOn('ndcgAt10', before, shuffled, createRandom(1))?.outcome, 'same');
});

test('says better, same and worse, with the means, the same for the same seed', () => {
  const { before, after } = scores(500, 7, 0.1);
  const verdict = verdictOn('mrrAt10', before, after, createRandom(3)) ?? assert.fail();
  assert.equal(verdict.outcome, 'better');
  assert.deepEqual(verdictOn('mrrAt10', before, after, createRandom(3)), verdict);
  assert.ok(Math.abs(verdict.best - verdict.baseline - verdict.difference) < 1e-12);
  assert.ok(verdict.low > 0 && verdict.low < verdict.difference && verdict.difference < verdict.high);
  assert.equal(verdictOn('mrrAt10', after, before, createRandom(3))?.outcome, 'worse');
  assert.equal(verdictOn('mrrAt10', before, before, createRandom(3))?.outcome, 'same');
  assert.equal(verdictOn('mrrAt10', [], [], createRandom(3)), null);
});
