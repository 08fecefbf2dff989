import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { QuartetError } from '../domain/errors.ts';
import { SECOND } from '../platform/clock.ts';
import type { Database } from './database.ts';

/**
 * Proof that a worker lives: an advisory lock held by a connection of its own. The server lets go of it when the connection ends, so a
 * killed worker is seen dead at once.
 *
 * States: held -> regaining (the connection was lost; the same worker takes the lock again, within milliseconds of the server's
 * return) -> held …, or -> lost (not regained in time, and for good). Released from any of them.
 */
export interface Lease {
  readonly workerId: string;
  /** Aborted when the lease is lost; others may then take this worker's jobs. Not aborted by `release`. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/** How long a lost connection may be down before the lease is lost. */
const REGAIN = 10 * SECOND;
const PAUSE = 50;

/** Takes a lease under a new worker id. @throws the connection's error, or QuartetError CONFLICT when the id is taken */
export async function takeLease(db: Pick<Database, 'url'>, workerId: string = randomUUID()): Promise<Lease> {
  const lost = new AbortController();
  let released = false;
  let client = await hold(db.url, workerId);
  watch();

  function watch(): void {
    const held = client;
    held.once('end', () => {
      if (!released && client === held) regain().catch((error: unknown) => lost.abort(error));
    });
  }

  async function regain(): Promise<void> {
    const deadline = Date.now() + REGAIN;
    while (!released) {
      try {
        const again = await hold(db.url, workerId);
        if (released) return await again.end();
        client = again;
        return watch();
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await sleep(PAUSE, undefined, { ref: false });
      }
    }
  }

  return {
    workerId,
    lost: lost.signal,
    async release() {
      released = true;
      await client.end().catch(() => {});
    },
  };
}

/** Whether some process holds the lease of that worker now. */
export async function isAlive(db: Pick<Database, 'pool'>, workerId: string): Promise<boolean> {
  const { rows } = await db.pool.query<{ held: boolean }>(
    `SELECT EXISTS (
       SELECT FROM pg_locks
       WHERE locktype = 'advisory' AND granted AND objsubid = 1
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
         AND ((classid::bigint << 32) | objid::bigint) = $1::bigint
     ) AS held`,
    [lockKey(workerId)],
  );
  return rows[0]?.held === true;
}

async function hold(url: string, workerId: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5 * SECOND,
    keepAlive: true,
    application_name: 'quartet worker',
  });
  client.on('error', () => {});
  try {
    await client.connect();
    // An idle connection is the point here; and a worker whose machine has lost power is to be noticed in half a minute.
    await client.query(
      'SET idle_session_timeout = 0; SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3',
    );
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1::bigint) AS taken', [
      lockKey(workerId),
    ]);
    if (rows[0]?.taken !== true) throw new QuartetError('CONFLICT', `the worker id ${workerId} is in use`);
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

/** 64 bits, signed, as a decimal string. */
function lockKey(workerId: string): string {
  return createHash('sha256').update(`quartet worker ${workerId}`).digest().readBigInt64BE(0).toString();
}
