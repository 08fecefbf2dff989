import assert from 'node:assert/strict';
import { test } from 'node:test';
import { qualityOf } from '../../src/domain/quality.ts';
import type { RetrievalMetrics } from '../../src/domain/training.ts';
import { isPatienceOver, noteQuality, type QualityState, startQuality } from '../../src/training/quality-watch.ts';

function measured(recallAt5: number): RetrievalMetrics {
  const rest = {
    queries: 1,
    queriesWithoutPositives: 0,
    corpus: 1,
    accuracyAt1: 0,
    mrrAt10: 0,
    ndcgAt10: 0.9,
    mapAt100: 0,
  };
  return { ...rest, recallAt: { 5: recallAt5 } };
}

/** The states after each of these figures, the first of them before training. */
function watch(
  figures: readonly number[],
  earlyStopping: { patience: number; minDelta: number } | null,
): QualityState[] {
  let state = startQuality();
  return figures.map((figure, step) => {
    const config = { metric: 'recallAt5', earlyStopping } as const;
    state = noteQuality(state, { step, metrics: measured(figure), scores: [figure] }, config);
    return state;
  });
}

test('keeps the best by the metric asked for, the earlier of equals, and the baseline apart', () => {
  const last = watch([0.9, 0.2, 0.5, 0.5, 0.4], null).at(-1);
  assert.deepEqual([last?.best?.step, last?.best?.scores], [2, [0.5]]);
  assert.deepEqual(last?.baseline?.scores, [0.9]);
  assert.equal(isPatienceOver(last ?? startQuality(), null), false);
});

test('counts evaluations without an improvement of more than minDelta; small gains add up', () => {
  const spec = { patience: 2, minDelta: 0.1 };
  const states = watch([0.9, 0.2, 0.25, 0.35, 0.4, 0.44], spec);
  assert.deepEqual(
    states.map(({ stale }) => stale),
    // 0.25 is too little over 0.2, 0.35 is enough; then 0.4 and 0.44 are too little over 0.35.
    [0, 0, 1, 0, 1, 2],
  );
  assert.deepEqual(
    states.map((state) => isPatienceOver(state, spec)),
    [false, false, false, false, false, true],
  );
  // What does not count for patience is the best all the same.
  assert.equal(states.at(-1)?.best?.step, 5);
});

test('reads every metric by its name', () => {
  const metrics = { ...measured(0.3), knnAccuracy: 0.7 };
  assert.equal(qualityOf(metrics, 'recallAt5'), 0.3);
  assert.equal(qualityOf(metrics, 'ndcgAt10'), 0.9);
  assert.equal(qualityOf(metrics, 'knnAccuracy'), 0.7);
  assert.equal(qualityOf(metrics, 'recallAt100'), 0);
});
