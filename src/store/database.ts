import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { QuartetError } from '../domain/errors.ts';
import { SECOND } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { isConnectionLoss, retrying } from './connection-loss.ts';
import { joinServer, type Membership } from './embedded/membership.ts';
import { PrismaClient } from './generated/client.ts';
import { applyMigrations } from './migrations.ts';
import { NotificationListener, type OnNotification } from './notifications.ts';

/** The open database of this process. The pool is for SQL, Prisma (on the same pool) for the rest. */
export interface Database {
  readonly pool: pg.Pool;
  readonly prisma: PrismaClient;
  /** For whoever needs connections of its own. Holds the password: never log it. */
  readonly url: string;
  /** BEGIN … COMMIT around `fn` on one connection; ROLLBACK when it throws. */
  transaction<T>(fn: (tx: pg.PoolClient) => Promise<T>): Promise<T>;
  /** Waits out a lost or restarting server, up to 60 s. `fn` may run more than once and must be idempotent. */
  retrying<T>(fn: () => Promise<T>): Promise<T>;
  /** Calls back for each NOTIFY; after a lost connection once with an empty payload, to catch up. @returns a function that ends it */
  listen(channel: string, callback: OnNotification): Promise<() => Promise<void>>;
  /** Ends all connections; the embedded server stops when this was its last user. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly dataDir: string;
  /** External server; undefined: the embedded one in `dataDir`. */
  readonly databaseUrl?: string | undefined;
  readonly logger: Logger;
  /** Connections of the pool, default 10. */
  readonly poolSize?: number;
}

/** How long an external server may be starting up before a wrong DATABASE_URL is suspected. */
const EXTERNAL_PATIENCE = 10 * SECOND;

/**
 * Opens the external database, or starts or joins the embedded one of the data directory, and brings its tables up to date.
 * @throws QuartetError DATABASE_UNAVAILABLE or DISK_FULL, naming the reason and the remedy
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { dataDir, databaseUrl, logger } = options;
  const membership = databaseUrl === undefined ? await joinServer({ dataDir, logger }) : undefined;
  try {
    const url = membership?.url ?? (databaseUrl as string);
    const patience = membership === undefined ? EXTERNAL_PATIENCE : undefined;
    await retrying(() => applyMigrations(url, logger), patience).catch((error: unknown) => {
      throw membership === undefined ? explainExternal(error) : error;
    });
    return connectTo(url, membership, options);
  } catch (error) {
    membership?.leave();
    throw error;
  }
}

function connectTo(url: string, membership: Membership | undefined, { logger, poolSize }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize ?? 10,
    connectionTimeoutMillis: 10 * SECOND,
    idleTimeoutMillis: 30 * SECOND,
    keepAlive: true,
    application_name: 'quartet',
  });
  pool.on('error', (error) => logger.debug({ error }, 'an idle database connection was lost'));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const listener = new NotificationListener(url, logger);
  let closing: Promise<void> | undefined;
  return {
    pool,
    prisma,
    url,
    transaction: (fn) => transaction(pool, fn),
    retrying: (fn) => retrying(fn),
    listen: (channel, callback) => retrying(() => listener.listen(channel, callback)),
    close() {
      closing ??= (async () => {
        await listener.close();
        await prisma.$disconnect();
        await pool.end();
        membership?.leave();
      })();
      return closing;
    },
  };
}

async function transaction<T>(pool: pg.Pool, fn: (tx: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let fault: Error | undefined;
  const noteLoss = (error: Error) => {
    fault = error;
  };
  client.on('error', noteLoss);
  try {
    await client.query('BEGIN');
    const result = await fn(client);
    const { command } = await client.query('COMMIT');
    // PostgreSQL answers so when a statement had failed and `fn` went on as if it had not.
    if (command === 'ROLLBACK') throw new Error('a statement of this transaction failed, so it was rolled back');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(noteLoss);
    throw error;
  } finally {
    client.removeListener('error', noteLoss);
    // A connection in an unknown state does not go back into the pool.
    client.release(fault);
  }
}

/** Says what is wrong with DATABASE_URL and what to do. The URL itself has a password in it and stays out. */
function explainExternal(error: unknown): unknown {
  const { code, message } = error as { code?: string; message?: string };
  const explain = (remedy: string) =>
    new QuartetError('DATABASE_UNAVAILABLE', `DATABASE_URL can not be used: ${message}; ${remedy}`, { cause: error });
  if (error instanceof QuartetError && !isConnectionLoss(error)) return error;
  if (code === '28P01' || code === '28000') return explain('check user name and password');
  if (code === '3D000') return explain('create that database first (CREATE DATABASE …)');
  if (code === '42501') return explain('let the user create tables (GRANT CREATE ON SCHEMA public)');
  if (code === 'ENOTFOUND') return explain('check the host name');
  if (code === 'ERR_INVALID_URL') return explain('write it as postgresql://user:password@host:5432/database');
  if (isConnectionLoss(error)) {
    return explain('see that the server runs there, or unset DATABASE_URL for the embedded one');
  }
  return error;
}
