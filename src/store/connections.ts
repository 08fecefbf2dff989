import pg from 'pg';
import { QuartetError } from '../domain/errors.ts';
import { MINUTE, SECOND } from '../platform/clock.ts';
import { Gate } from '../platform/gate.ts';
import type { Logger } from '../platform/logger.ts';
import type { Statements } from './statements.ts';

/** Who uses the connections, and how many and how long. */
export interface ConnectionOptions {
  /** For `pg_stat_activity`, e.g. `quartet jobs`. */
  readonly name?: string;
  /** Connections at most: default 10, minimum 4. They are opened when they are needed. */
  readonly size?: number;
  /** After so many ms the server ends a statement. Default: never. */
  readonly statementTimeout?: number | undefined;
  /** After so many ms the server ends a statement that waits for a lock of another. Default: never. */
  readonly lockTimeout?: number | undefined;
}

export interface Connections {
  readonly pool: pg.Pool;
  /** BEGIN … COMMIT around `fn` on one connection; ROLLBACK when it throws. */
  transaction<T>(fn: (tx: pg.PoolClient) => Promise<T>): Promise<T>;
  /** One connection for as long as `fn` takes, e.g. to hold a lock of the session. */
  lend<T>(fn: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  end(): Promise<void>;
}

/** How long a statement waits for a connection. */
const PATIENCE = 10 * SECOND;
/** Transactions that wait for their turn, for each that may run. */
const WAITING = 100;
/** A statement of bulk work. */
const LONG = 30 * MINUTE;

/**
 * A pool in which no transaction can wait for ever: inside of one, further statements are sent on connections of their own (to
 * look up a dataset, say), so if transactions took all connections, each would wait for what the others hold. A quarter is kept for
 * single statements, which end by themselves.
 */
export function openConnections(url: string, logger: Logger, options: ConnectionOptions = {}): Connections {
  const { name = 'quartet', statementTimeout = 0, lockTimeout = 0 } = options;
  const size = Math.max(4, options.size ?? 10);
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: PATIENCE,
    idleTimeoutMillis: 30 * SECOND,
    keepAlive: true,
    application_name: name,
    statement_timeout: statementTimeout,
    lock_timeout: lockTimeout,
  });
  pool.on('error', (error) => logger.debug({ error }, 'an idle database connection was lost'));
  const atOnce = size - Math.max(2, Math.floor(size / 4));
  const gate = new Gate({
    atOnce,
    waiting: WAITING * atOnce,
    patience: PATIENCE,
    busy: () => new QuartetError('RETRY_LATER', BUSY, { retryAfterMs: SECOND }),
  });
  return {
    pool,
    transaction: (fn) => gate.run(() => transaction(pool, fn)),
    lend: (fn) => gate.run(() => lendConnection(pool, fn)),
    end: () => pool.end(),
  };
}

/** Lets a transaction's statements go over all rows of a dataset, where others have their limit. */
export async function allowLong(tx: Statements): Promise<void> {
  await tx.query(`SET LOCAL statement_timeout = ${LONG}`);
}

const BUSY = 'The database has more to do than it can take on now; send the request again.';

/**
 * Lends one connection of a pool. When it is lost meanwhile `pg` says so by an event, too, that would end the process if nobody listened;
 * a connection in an unknown state does not go back into the pool.
 * @param fn gets the connection, and what to call when it must not be used again
 */
export async function lendConnection<T>(
  pool: pg.Pool,
  fn: (client: pg.PoolClient, spoilt: (error: Error) => void) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let fault: Error | undefined;
  const spoilt = (error: Error) => {
    fault = error;
  };
  client.on('error', spoilt);
  try {
    return await fn(client, spoilt);
  } finally {
    client.removeListener('error', spoilt);
    client.release(fault);
  }
}

function transaction<T>(pool: pg.Pool, fn: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
  return lendConnection(pool, async (client, spoilt) => {
    try {
      await client.query('BEGIN');
      const result = await fn(client);
      const { command } = await client.query('COMMIT');
      // PostgreSQL answers so when a statement had failed and `fn` went on as if it had not.
      if (command === 'ROLLBACK') throw new Error('a statement of this transaction failed, so it was rolled back');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch(spoilt);
      throw error;
    }
  });
}

/**
 * What an error of `pg` about too much work means for whoever asked; null for any other. Nothing of the statement has happened:
 * no connection came free, another's lock was not let go of, or the server ended it at its time limit.
 */
export function asOverload(error: unknown, depth = 0): QuartetError | null {
  if (typeof error !== 'object' || error === null || depth > 6) return null;
  const { code, message, cause } = error as { code?: unknown; message?: unknown; cause?: unknown };
  if (typeof message === 'string' && message.includes('timeout exceeded when trying to connect')) {
    return new QuartetError('RETRY_LATER', BUSY, { cause: error, retryAfterMs: SECOND });
  }
  if (code === '55P03') {
    const busy =
      'Something else is changing the same data and takes its time, an import perhaps; send the request again.';
    return new QuartetError('RETRY_LATER', busy, { cause: error, retryAfterMs: 5 * SECOND });
  }
  if (code === '57014') {
    return new QuartetError('TIMEOUT', 'The database took longer than a request may; ask for less at a time.', {
      cause: error,
    });
  }
  return asOverload(cause, depth + 1);
}
