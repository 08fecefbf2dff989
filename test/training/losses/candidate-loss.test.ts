import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Tensor2D } from '../../../src/tensor/backend.ts';
import { type CandidateLossInput, candidateLoss } from '../../../src/training/losses/candidate-loss.ts';
import { gatheredCandidateLoss } from '../../../src/training/losses/candidate-loss-gathered.ts';
import { multipliedCandidateLoss } from '../../../src/training/losses/candidate-loss-multiplied.ts';
import { rowInfoNce } from '../../../src/training/losses/row-info-nce.ts';
import { createPartitionEstimate, rowNce } from '../../../src/training/losses/row-nce.ts';
import { testTensors } from '../../support/tensors.ts';
import {
  type CandidateOracleInput,
  dot,
  oracleCandidateGradients,
  oracleCandidateLoss,
  sum,
} from './candidate-loss-oracle.ts';
import { assertNear, differences, unitRows } from './vectors.ts';

const tensors = await testTensors();
const { tf } = tensors;
const ITEMS = 40;
// Six dimensions: four at once and two that are left over.
const queries = unitRows(5, 6, 1);
const keys = unitRows(9, 6, 2);

const CANDIDATES = {
  'as many for each query': [
    [0, 5, 6, 7],
    [1, 5, 8, 0],
    [2, 3, 4, 5],
    [3, 1, 7, 8],
    [4, 6, 5, 2],
  ],
  // Masked ones are left out: a query may even stand with its positive alone.
  'some masked': [[0, 5, 6], [1], [2, 3, 4, 5, 8, 0], [3, 8], [4, 6, 5, 2]],
} as const;
const KINDS = { 'info-nce': 'info-nce', nce: { partition: 60, items: ITEMS } } as const;
const WAYS = {
  'one by one': gatheredCandidateLoss,
  'by matrix products': multipliedCandidateLoss,
  'by matrix products of two rows at a time': (...[library, input]: Parameters<typeof multipliedCandidateLoss>) =>
    multipliedCandidateLoss(library, input, 2 * keys.length + 1),
} as const;

function toInput(oracle: CandidateOracleInput): Omit<CandidateLossInput, 'queries' | 'keys' | 'learnKeys'> {
  const { candidates, scale, kind } = oracle;
  const offsets = new Int32Array(candidates.length + 1);
  for (const [i, rows] of candidates.entries()) offsets[i + 1] = offsets[i]! + rows.length;
  const rowLoss = kind === 'info-nce' ? rowInfoNce : rowNce(Math.log(kind.partition), kind.items);
  return { offsets, candidates: Int32Array.from(candidates.flat()), scale, rowLoss };
}

function run(oracle: CandidateOracleInput, way: (typeof WAYS)[keyof typeof WAYS], learnKeys = true) {
  const q = tf.tensor2d(oracle.queries as number[][]);
  const k: Tensor2D | Float32Array = learnKeys
    ? tf.tensor2d(oracle.keys as number[][])
    : Float32Array.from(oracle.keys.flat());
  const result = way(tensors, { ...toInput(oracle), queries: q, keys: k, learnKeys });
  const read = {
    loss: result.loss,
    dQueries: result.queryGradient.arraySync(),
    dKeys: result.keyGradient?.arraySync() ?? null,
    dScale: result.scaleGradient,
  };
  tf.dispose([q, k, result.queryGradient, result.keyGradient ?? []]);
  return read;
}

for (const [wayName, way] of Object.entries(WAYS)) {
  test(`equals the closed form in float64, ${wayName}, masked and unmasked`, () => {
    const before = tf.memory().numTensors;
    for (const [name, candidates] of Object.entries(CANDIDATES)) {
      for (const [kindName, kind] of Object.entries(KINDS)) {
        for (const scale of [1, 14, 100]) {
          const input = { queries, keys, candidates, scale, kind };
          const [actual, expected] = [run(input, way), oracleCandidateGradients(input)];
          const what = `${kindName}, ${name}, scale ${scale}`;
          assertNear(actual.loss, oracleCandidateLoss(input), `loss, ${what}`);
          assertNear(actual.dQueries, expected.dQueries, `dQueries, ${what}`);
          assertNear(actual.dKeys, expected.dKeys, `dKeys, ${what}`);
          assertNear(actual.dScale, expected.dScale, `dScale, ${what}`);
          const stored = run(input, way, false);
          assert.equal(stored.dKeys, null, 'no gradient for stored keys');
          assertNear(stored.dQueries, expected.dQueries, `dQueries with stored keys, ${what}`);
        }
      }
    }
    assert.equal(tf.memory().numTensors, before);
  });

  test(`equals finite differences of the loss in float64, ${wayName}, masked and unmasked`, () => {
    for (const [name, candidates] of Object.entries(CANDIDATES)) {
      for (const [kindName, kind] of Object.entries(KINDS)) {
        const input = { queries, keys, candidates, scale: 5, kind };
        const actual = run(input, way);
        const what = `${kindName}, ${name}`;
        const byQueries = differences(queries, (moved) => oracleCandidateLoss({ ...input, queries: moved }));
        const byKeys = differences(keys, (moved) => oracleCandidateLoss({ ...input, keys: moved }));
        const [byScale] = differences([[0]], ([nudge]) =>
          oracleCandidateLoss({ ...input, scale: 5 * Math.exp(nudge![0]!) }),
        );
        assertNear(actual.dQueries, byQueries, `dQueries, ${what}`);
        assertNear(actual.dKeys, byKeys, `dKeys, ${what}`);
        assertNear(actual.dScale, byScale, `dScale, ${what}`);
      }
    }
  });
}

test('stays finite where exponentials would not be: opposite vectors at the largest scale', () => {
  const ends = [queries[0]!, queries[0]!.map((x) => -x)];
  const input = {
    queries: ends,
    keys: ends,
    candidates: [
      [1, 0],
      [0, 1],
    ],
    scale: 100,
  } as const;
  for (const way of Object.values(WAYS)) {
    assertNear(run({ ...input, kind: 'info-nce' }, way).loss, 200, 'loss');
    const partition = Math.exp(100);
    // -ln h of the positive is 200 + ln(m/n), of the negative ln(1 + n).
    const expected = 200 - Math.log(ITEMS) + Math.log(1 + ITEMS);
    assertNear(run({ ...input, kind: { partition, items: ITEMS } }, way).loss, expected, 'loss of nce');
  }
});

test('gives the same figures whichever way the sizes make it take', () => {
  const few = { queries, keys, candidates: CANDIDATES['some masked'], scale: 14, kind: 'info-nce' } as const;
  const many = { ...few, keys: unitRows(400, 6, 3) };
  for (const input of [few, many]) {
    const results = [gatheredCandidateLoss, multipliedCandidateLoss, candidateLoss].map((way) => run(input, way));
    for (const result of results) assertNear(Object.values(result), Object.values(results[0]!), 'figures');
  }
});

test('estimates Z as the number of items times the mean exponential of all candidates of a batch', () => {
  const input = { queries, keys, candidates: CANDIDATES['some masked'], scale: 14, kind: 'info-nce' } as const;
  const estimate = createPartitionEstimate(ITEMS);
  const q = tf.tensor2d(queries);
  const result = gatheredCandidateLoss(tensors, {
    ...toInput(input),
    queries: q,
    keys: Float32Array.from(keys.flat()),
    learnKeys: false,
    rowLoss: estimate.rowLoss,
  });
  tf.dispose([q, result.queryGradient]);
  const exponentials = input.candidates.flatMap((rows, i) =>
    rows.map((row) => Math.exp(14 * dot(queries[i]!, keys[row]!))),
  );
  assertNear(estimate.logPartition, Math.log((ITEMS * sum(exponentials)) / exponentials.length), 'ln Z');
  assert.equal(result.loss, 0);
});
