import type { RunEventBody, Verdict } from '../../domain/training.ts';
import type { Outcome, Resolvers } from '../generated/resolvers.ts';
import { qualityMetrics } from './quality-metric.ts';

const typeNames = {
  status: 'RunStatusEvent',
  step: 'RunStepEvent',
  evaluation: 'RunEvaluationEvent',
  checkpoint: 'RunCheckpointEvent',
  log: 'RunLogEvent',
  diagnostics: 'RunDiagnosticsEvent',
  verdict: 'RunVerdictEvent',
} as const satisfies Record<RunEventBody['kind'], string>;

const outcomes = { better: 'BETTER', same: 'SAME', worse: 'WORSE' } as const satisfies Record<
  Verdict['outcome'],
  Outcome
>;

export const runEventResolvers = {
  RunEvent: { __resolveType: ({ body }) => typeNames[body.kind] },
  RunStatusEvent: {
    status: ({ body }) => body.status,
    reason: ({ body }) => body.message ?? null,
  },
  RunStepEvent: {
    step: ({ body }) => body.step,
    epoch: ({ body }) => body.epoch,
    loss: ({ body }) => body.loss,
    learningRate: ({ body }) => body.learningRate,
    pairsPerSecond: ({ body }) => body.pairsPerSecond,
  },
  RunEvaluationEvent: {
    step: ({ body }) => body.step,
    split: ({ body }) => body.split,
    baseline: ({ body }) => body.baseline,
    metrics: ({ body }) => body.metrics,
  },
  RunCheckpointEvent: {
    step: ({ body }) => body.step,
    sha256: ({ body }) => body.sha256,
    bytes: ({ body }) => body.bytes,
  },
  RunLogEvent: {
    level: ({ body }) => (body.level === 'warn' ? 'WARN' : 'INFO'),
    message: ({ body }) => body.message,
  },
  RunDiagnosticsEvent: {
    step: ({ body }) => body.step,
    figures: ({ body }) => Object.entries(body.figures).map(([name, value]) => ({ name, value })),
    histograms: ({ body }) => Object.entries(body.histograms).map(([name, histogram]) => ({ name, ...histogram })),
  },
  RunVerdictEvent: {
    step: ({ body }) => body.step,
    verdict: ({ body }) => body.verdict,
  },
  Verdict: { outcome: ({ outcome }) => outcomes[outcome], metric: ({ metric }) => qualityMetrics[metric] },
} satisfies Pick<Resolvers, 'Verdict' | 'RunEvent' | (typeof typeNames)[RunEventBody['kind']]>;
