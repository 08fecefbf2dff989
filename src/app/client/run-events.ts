import type { RunStatus } from '../../domain/training.ts';
import type { Connection } from './connection.ts';
import { type FollowedMetrics, METRICS } from './operations.ts';

/** A run's event as the subscription sends it. */
export type FollowedEvent = { readonly sequence: number } & (
  | { readonly __typename: 'RunStatusEvent'; readonly status: RunStatus; readonly reason: string | null }
  | {
      readonly __typename: 'RunStepEvent';
      readonly step: number;
      readonly epoch: number;
      readonly loss: number;
      readonly pairsPerSecond: number;
    }
  | {
      readonly __typename: 'RunEvaluationEvent';
      readonly step: number;
      readonly baseline: boolean;
      readonly metrics: FollowedMetrics;
    }
  | { readonly __typename: 'RunCheckpointEvent'; readonly step: number }
  | { readonly __typename: 'RunLogEvent'; readonly level: 'INFO' | 'WARN'; readonly message: string }
);

export const RUN_EVENTS = `subscription RunEvents($runId: ID!, $after: Int!) {
  runEvents(runId: $runId, after: $after) {
    __typename
    sequence
    ... on RunStatusEvent { status reason }
    ... on RunStepEvent { step epoch loss pairsPerSecond }
    ... on RunEvaluationEvent { step baseline metrics { ${METRICS} } }
    ... on RunCheckpointEvent { step }
    ... on RunLogEvent { level message }
  }
}`;

/** All events of a run until its final status: none comes twice and none is missing, also over lost connections. */
export function followRun(connection: Connection, runId: string): AsyncGenerator<FollowedEvent, void, undefined> {
  return connection.follow(RUN_EVENTS, { runId, after: 0 });
}
