import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { QuartetError } from '../domain/errors.ts';
import { SECOND } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { isConnectionLoss, retrying } from './connection-loss.ts';
import { type ConnectionOptions, openConnections } from './connections.ts';
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
  /** One connection for as long as `fn` takes, e.g. to hold a lock of the session. */
  lend<T>(fn: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  /** Waits out a lost or restarting server, up to 60 s. `fn` may run more than once and must be idempotent. */
  retrying<T>(fn: () => Promise<T>): Promise<T>;
  /** Calls back for each NOTIFY; after a lost connection once with an empty payload, to catch up. @returns a function that ends it */
  listen(channel: string, callback: OnNotification): Promise<() => Promise<void>>;
  /** The same database by connections of their own, so that whoever uses those can't take these. To be closed before this one. */
  apart(options: ConnectionOptions): Database;
  /** Ends all connections; the embedded server stops when this was its last user. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly dataDir: string;
  /** External server; undefined: the embedded one in `dataDir`. */
  readonly databaseUrl?: string | undefined;
  readonly logger: Logger;
  readonly connections?: ConnectionOptions;
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

function connectTo(url: string, membership: Membership | undefined, options: DatabaseOptions): Database {
  const { logger } = options;
  const { pool, transaction, lend, end } = openConnections(url, logger, options.connections);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const listener = new NotificationListener(url, logger);
  let closing: Promise<void> | undefined;
  return {
    pool,
    prisma,
    url,
    transaction,
    lend,
    retrying: (fn) => retrying(fn),
    listen: (channel, callback) => retrying(() => listener.listen(channel, callback)),
    apart: (connections) => connectTo(url, undefined, { ...options, connections }),
    close() {
      closing ??= (async () => {
        await listener.close();
        await prisma.$disconnect();
        await end();
        membership?.leave();
      })();
      return closing;
    },
  };
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
