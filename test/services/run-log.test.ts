import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RunEventBody } from '../../src/domain/training.ts';
import { RunLog } from '../../src/services/run-log.ts';
import { evaluationEvent, stepEvent } from './run-fixtures.ts';

const EMPTY = {
  lastSequence: 0,
  reportedSteps: new Map<string, number>(),
  evaluations: [],
  metric: 'ndcgAt10',
} as const;

/** What one undisturbed training reports: a step each, an evaluation of two splits every third, a checkpoint every fourth. */
function reportFrom(start: number, steps: number): RunEventBody[] {
  const events: RunEventBody[] = [];
  for (let step = start + 1; step <= steps; step += 1) {
    events.push(stepEvent(step));
    if (step % 3 === 0) {
      const onValidation = evaluationEvent(step, (step * 7) % 10);
      events.push(onValidation, { ...onValidation, split: 'TEST' } as RunEventBody);
    }
    if (step % 4 === 0) events.push({ kind: 'checkpoint', step, sha256: `${step}`, bytes: 1 });
  }
  return events;
}

function stateOf(stored: readonly RunEventBody[]): ConstructorParameters<typeof RunLog>[0] {
  const reportedSteps = new Map<string, number>();
  for (const event of stored) {
    if (!('step' in event)) continue;
    const series = event.kind === 'evaluation' ? `evaluation ${event.split}` : event.kind;
    reportedSteps.set(series, Math.max(event.step, reportedSteps.get(series) ?? 0));
  }
  const evaluations = stored.filter((event) => event.kind === 'evaluation');
  return { lastSequence: stored.length, reportedSteps, evaluations, metric: 'ndcgAt10' };
}

test('whenever a training is killed and taken up from its last checkpoint, the log is the one of an undisturbed training', () => {
  const kills = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 5 });
  fc.assert(
    fc.property(kills, (eventsUntilKill) => {
      const stored: RunEventBody[] = [];
      for (const count of [...eventsUntilKill, Number.POSITIVE_INFINITY]) {
        const checkpoint = stored.findLast((event) => event.kind === 'checkpoint');
        const log = new RunLog(stateOf(stored));
        for (const event of reportFrom(checkpoint?.step ?? 0, 30).slice(0, count)) log.add(event);
        const { first, events } = log.takeUnwritten();
        assert.equal(first, stored.length + 1);
        stored.push(...events);
      }
      assert.deepEqual(stored, reportFrom(0, 30));
    }),
  );
});

test('numbers what it gives out once', () => {
  const log = new RunLog({ ...EMPTY, lastSequence: 4 });
  log.add(stepEvent(1));
  log.add(stepEvent(2));
  assert.deepEqual(log.takeUnwritten(), { first: 5, events: [stepEvent(1), stepEvent(2)] });
  assert.deepEqual(log.takeUnwritten(), { first: 7, events: [] });
});

test('the best evaluation is that of the validation split after the start, the earlier one of equals, also one of an attempt before', () => {
  const log = new RunLog({ ...EMPTY, evaluations: [evaluationEvent(0, 0.9, true), evaluationEvent(10, 0.5)] });
  log.add({ ...evaluationEvent(20, 0.8), split: 'TEST' } as RunEventBody);
  log.add(evaluationEvent(30, 0.5));
  assert.equal(log.baseline?.ndcgAt10, 0.9);
  assert.equal(log.best?.step, 10);
  log.add(evaluationEvent(40, 0.6));
  assert.equal(log.best?.step, 40);
});
