import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullSoftmax } from '../../../src/training/losses/full-softmax.ts';
import { addProximalTerm } from '../../../src/training/losses/proximal.ts';
import { testTensors } from '../../support/tensors.ts';
import { oracleCandidateGradients, oracleCandidateLoss, sum } from './candidate-loss-oracle.ts';
import { assertNear, differences, unitRows } from './vectors.ts';

const tensors = await testTensors();
const { tf } = tensors;
const queries = unitRows(4, 6, 1);
const keys = unitRows(11, 6, 2);
const POSITIVES = [3, 0, 10, 3];
const HIDDEN = { unmasked: [[], [], [], []], masked: [[1, 2], [0], [10, 9, 0], [4]] } as const;
const WEIGHT = 0.7;

/** The full softmax is InfoNCE with every key that is not hidden as a candidate. */
function oracle(hidden: readonly (readonly number[])[], scale: number) {
  const candidates = POSITIVES.map((positive, i) => [
    positive,
    ...keys.keys().filter((key) => key !== positive && !hidden[i]!.includes(key)),
  ]);
  return { queries, keys, candidates, scale, kind: 'info-nce' } as const;
}

function run(hidden: readonly (readonly number[])[], scale: number, block: number | undefined, proximal: boolean) {
  const input = {
    queries: tf.tensor2d(queries),
    keys: Float32Array.from(keys.flat()),
    positives: Int32Array.from(POSITIVES),
    hiddenOf: (i: number) => Int32Array.from(hidden[i]!),
    scale,
  };
  const plain = fullSoftmax(tensors, input, block);
  const { loss, queryGradient } = proximal ? addProximalTerm(tensors, input, plain, WEIGHT) : plain;
  const dQueries = queryGradient.arraySync();
  tf.dispose([input.queries, queryGradient]);
  return { loss, dQueries };
}

for (const [name, hidden] of Object.entries(HIDDEN)) {
  // All keys at once, a few, one at a time.
  for (const block of [undefined, 16, 4]) {
    test(`equals the closed form in float64, ${name}, ${block === undefined ? 'in one block' : `blocks of ${block / 4}`}`, () => {
      const before = tf.memory().numTensors;
      for (const scale of [1, 14, 100]) {
        const actual = run(hidden, scale, block, false);
        assertNear(actual.loss, oracleCandidateLoss(oracle(hidden, scale)), `loss, scale ${scale}`);
        const { dQueries } = oracleCandidateGradients(oracle(hidden, scale));
        assertNear(actual.dQueries, dQueries, `dQueries, scale ${scale}`);
      }
      assert.equal(tf.memory().numTensors, before);
    });
  }

  test(`equals finite differences, ${name}, with and without the proximal term`, () => {
    for (const proximal of [false, true]) {
      const value = (moved: readonly (readonly number[])[]) => {
        const apart = moved.flatMap((row, i) => row.map((x, d) => (x - keys[POSITIVES[i]!]![d]!) ** 2));
        const term = proximal ? (WEIGHT * sum(apart)) / moved.length : 0;
        return oracleCandidateLoss({ ...oracle(hidden, 5), queries: moved }) + term;
      };
      const before = tf.memory().numTensors;
      const actual = run(hidden, 5, 16, proximal);
      assertNear(actual.loss, value(queries), `loss, proximal ${proximal}`);
      assertNear(actual.dQueries, differences(queries, value), `dQueries, proximal ${proximal}`);
      assert.equal(tf.memory().numTensors, before);
    }
  });
}
