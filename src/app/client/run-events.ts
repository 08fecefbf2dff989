import { type ErrorCode, QuartetError } from '../../domain/errors.ts';
import type { RunStatus } from '../../domain/training.ts';
import { SECOND } from '../../platform/clock.ts';
import type { Connection, GraphqlError } from './connection.ts';
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

/** Pauses between connections without a single event, then it is given up. */
const MOST_FAILURES = 10;

/**
 * All events of a run until its final status. A lost connection is made anew and goes on after the last event seen, so no
 * event comes twice and none is missing.
 */
export async function* followRun(connection: Connection, runId: string): AsyncGenerator<FollowedEvent> {
  const { createClient } = await import('graphql-ws');
  let after = 0;
  for (let failures = 0; ; ) {
    const client = createClient({
      url: `${connection.url.replace(/^http/, 'ws')}/graphql`,
      retryAttempts: 0,
      lazy: true,
    });
    try {
      for await (const { data, errors } of client.iterate<{ runEvents: FollowedEvent }>({
        query: RUN_EVENTS,
        variables: { runId, after },
      })) {
        if (errors !== undefined) throw new Error(errors[0]?.message);
        if (!data) continue;
        after = data.runEvents.sequence;
        failures = 0;
        yield data.runEvents;
      }
      return;
    } catch (error) {
      failures += 1;
      if (failures > MOST_FAILURES || !isConnectionLoss(error)) throw toError(error);
      await new Promise((resolve) => setTimeout(resolve, Math.min(failures, 5) * 0.5 * SECOND));
    } finally {
      await client.dispose();
    }
  }
}

/** Errors of the operation come as a list of GraphQL errors; everything else is about the socket. */
function isConnectionLoss(error: unknown): boolean {
  return !Array.isArray(error);
}

function toError(error: unknown): Error {
  if (error instanceof Error) return error;
  if (!Array.isArray(error)) return new QuartetError('RETRY_LATER', 'The connection to the server was lost.');
  const [{ message, extensions } = { message: 'unknown', extensions: {} }] = error as GraphqlError[];
  return new QuartetError((extensions?.code ?? 'BAD_INPUT') as ErrorCode, message);
}
