import { QuartetError } from '../../domain/errors.ts';
import type { Limits } from '../../domain/limits.ts';
import { SECOND } from '../../platform/clock.ts';
import { Deadline, withDeadline } from '../../platform/deadline.ts';
import { Gate } from '../../platform/gate.ts';
import type { Logger } from '../../platform/logger.ts';
import { httpError } from '../errors.ts';
import { type Middleware, sendJson } from '../reply.ts';

/** How long a request waits for its turn. */
const PATIENCE = 10 * SECOND;

/**
 * Works on so many GraphQL requests at a time and has so many more wait; others are told at once to come again. What is worked on
 * ends at its time limit, or when whoever asked has left.
 */
export function admission(
  { requests, waiting, seconds }: Pick<Limits, 'requests' | 'waiting' | 'seconds'>,
  logger: Logger,
): Middleware {
  const gate = new Gate({ atOnce: requests, waiting, patience: PATIENCE, busy });
  return (_request, response, next) => {
    const over = new Deadline();
    const ended = new Promise<void>((resolve) => {
      response.once('close', () => {
        if (!response.writableFinished) over.end(new QuartetError('CANCELLED', 'The client has left.'));
        resolve();
      });
    });
    const work = async () => {
      const timer = setTimeout(() => over.end(late(seconds)), seconds * SECOND);
      try {
        withDeadline(over, next);
        await ended;
      } finally {
        clearTimeout(timer);
      }
    };
    gate.run(work, over).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return;
      const { status, headers, body } = httpError(error, logger);
      const { code, message } = body;
      const hint = error instanceof QuartetError ? { retryAfterMs: error.retryAfterMs } : {};
      sendJson(response, status, { errors: [{ message, extensions: { code, ...hint } }] }, headers);
    });
  };
}

function busy(): QuartetError {
  const message = 'The server has more to do than it can take on now; send the request again.';
  return new QuartetError('RETRY_LATER', message, { retryAfterMs: 2 * SECOND });
}

function late(seconds: number): QuartetError {
  return new QuartetError('TIMEOUT', `This took longer than ${seconds} s and was ended; ask for less at a time.`);
}
