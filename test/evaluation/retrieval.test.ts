import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupJudgements } from '../../src/evaluation/judgements.ts';
import { evaluateRetrieval } from '../../src/evaluation/retrieval.ts';
import { createRandom } from '../../src/platform/random.ts';
import { type BackendChoice, loadTensors } from '../../src/tensor/backend.ts';

const tensors = await loadTensors((process.env.QUARTET_BACKEND ?? 'auto') as BackendChoice);
const DIMENSIONS = 4;

function source(vectors: readonly (readonly number[])[]) {
  return {
    count: vectors.length,
    embed: (from: number, to: number) => Float32Array.from(vectors.slice(from, to).flat()),
  };
}

function randomVectors(count: number, seed: number) {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => Array.from({ length: DIMENSIONS }, () => random.normal()));
}

test('ranks a corpus of several blocks exactly and leaves no tensor behind', async () => {
  const queries = randomVectors(7, 1);
  const items = randomVectors(5_000, 2);
  // The relevant item of query q is the one that a plain sort puts at rank q + 1.
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);
  const relevant = queries.map((query, q) => {
    const order = items.map((item, row) => ({ row, score: dot(query, item) })).sort((a, b) => b.score - a.score);
    return (order[q] as { row: number }).row;
  });
  const judgements = groupJudgements(
    7,
    [...queries.keys()],
    relevant,
    queries.map(() => 1),
  );
  const before = tensors.tf.memory().numTensors;
  const task = { queries: source(queries), items: source(items), dimensions: DIMENSIONS, judgements };
  const metrics = await evaluateRetrieval(task, tensors);
  assert.equal(tensors.tf.memory().numTensors, before);
  assert.equal(metrics.corpus, 5_000);
  assert.equal(metrics.queries, 7);
  const harmonic = [1, 2, 3, 4, 5, 6, 7].reduce((sum, rank) => sum + 1 / rank, 0) / 7;
  assert.ok(Math.abs(metrics.mrrAt10 - harmonic) < 1e-9);
  assert.ok(Math.abs((metrics.recallAt[5] as number) - 5 / 7) < 1e-9);
});

test('stops within the block when the signal is aborted', async () => {
  const task = {
    queries: source(randomVectors(3, 1)),
    items: source(randomVectors(5_000, 2)),
    dimensions: DIMENSIONS,
    judgements: groupJudgements(3, [0], [0], [1]),
  };
  const before = tensors.tf.memory().numTensors;
  await assert.rejects(evaluateRetrieval(task, tensors, AbortSignal.abort(new Error('enough'))), /enough/);
  assert.equal(tensors.tf.memory().numTensors, before);
});
