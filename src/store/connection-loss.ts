import { setTimeout as sleep } from 'node:timers/promises';
import { QuartetError } from '../domain/errors.ts';
import { MINUTE, SECOND } from '../platform/clock.ts';

/** PostgreSQL is shutting down, has crashed, is starting up, or has no connection free: nothing of the statement has happened. */
const SERVER_STATES = new Set(['57P01', '57P02', '57P03', '53300']);
const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
]);
/** Prisma: can't reach the server; the server has closed the connection. */
const PRISMA_CODES = new Set(['P1001', 'P1017']);
const DRIVER_MESSAGES = [
  // The socket file of a server that is down.
  'connect ENOENT',
  'Connection terminated',
  'Client has encountered a connection error and is not queryable',
  'Connection ended unexpectedly',
  'Client was closed and is not queryable',
];
/** Kinds by which Prisma's driver adapter names the same. */
const ADAPTER_KINDS = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections']);

/**
 * Whether an error of `pg` or Prisma surely means that the server or the way to it was lost, so that trying again makes sense.
 * A statement whose COMMIT was under way may have been carried out all the same.
 */
export function isConnectionLoss(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 6) return false;
  const fault = error as {
    code?: unknown;
    originalCode?: unknown;
    kind?: unknown;
    message?: unknown;
    cause?: unknown;
    meta?: { driverAdapterError?: unknown };
    errors?: unknown[];
  };
  for (const code of [fault.code, fault.originalCode]) {
    if (typeof code !== 'string') continue;
    if (SERVER_STATES.has(code) || SOCKET_CODES.has(code) || PRISMA_CODES.has(code) || /^08[0-9A-Z]{3}$/.test(code))
      return true;
  }
  if (typeof fault.kind === 'string' && ADAPTER_KINDS.has(fault.kind)) return true;
  const message = fault.message;
  if (typeof message === 'string' && DRIVER_MESSAGES.some((known) => message.includes(known))) return true;
  return [fault.cause, fault.meta?.driverAdapterError, ...(fault.errors ?? [])].some((inner) =>
    isConnectionLoss(inner, depth + 1),
  );
}

/** How long a lost server is waited for before the caller is told. */
const PATIENCE = MINUTE;

/**
 * Runs `attempt`, and again while it fails for a lost connection. It may run more than once, and the last of a lost attempt may have been
 * committed: it must be idempotent.
 * @param patience ms, default 60 s
 * @throws QuartetError DATABASE_UNAVAILABLE when the server does not come back; any other error as it is
 */
export async function retrying<T>(attempt: () => Promise<T>, patience = PATIENCE): Promise<T> {
  const deadline = Date.now() + patience;
  for (let pause = 25; ; pause = Math.min(SECOND, pause * 2)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isConnectionLoss(error)) throw error;
      if (Date.now() + pause > deadline) {
        throw new QuartetError(
          'DATABASE_UNAVAILABLE',
          `the database did not answer for ${Math.round(patience / SECOND)} s (${(error as Error).message}); see that PostgreSQL runs, then try again`,
          { cause: error },
        );
      }
      await sleep(pause);
    }
  }
}
