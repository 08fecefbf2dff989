import { PgBoss } from 'pg-boss';
import type { Logger } from '../platform/logger.ts';
import { type Enqueue, QUEUE_NAMES, type QueueName, type Statements } from '../services/enqueue.ts';

/** What the queue needs of a database: satisfied by store's `Database`. */
export interface JobDatabase {
  readonly pool: Statements;
  transaction<T>(fn: (tx: Statements) => Promise<T>): Promise<T>;
  retrying<T>(fn: () => Promise<T>): Promise<T>;
  listen(channel: string, notified: (payload: string) => void): Promise<() => Promise<void>>;
}

/** A job that a worker has taken. `job` names the attempt: once somebody else has the job, settling it by this does nothing. */
export interface Claim {
  readonly queue: QueueName;
  /** Id of the row behind the job. */
  readonly id: string;
  readonly workerId: string;
  readonly job: { readonly id: string; readonly retryCount: number };
}

const SCHEMA = 'pgboss';
const CHANNEL = 'quartet_jobs';
const HEARTBEAT_SECONDS = 60;
/** The longest pg-boss knows, counted from the last heartbeat (see `beat`), so that a training may take days. */
const EXPIRE_SECONDS = 24 * 60 * 60;
export interface QueueOptions {
  /** Tries after the first that ended in a fault or a crash without having got any further. Default 5. */
  readonly retryLimit?: number;
}

const QUEUE_OPTIONS = {
  /** With the row's id as singleton key: one waiting or running job for a row, never two. */
  policy: 'exclusive',
  heartbeatSeconds: HEARTBEAT_SECONDS,
  expireInSeconds: EXPIRE_SECONDS,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  retentionSeconds: 90 * 24 * 60 * 60,
  deleteAfterSeconds: 24 * 60 * 60,
} as const;

/**
 * The queue of long work: pg-boss in its own schema of the same database, so that a row and its job are committed together.
 * Beyond pg-boss a running job names its worker, so that the jobs of a dead worker can be handed on without waiting for the
 * heartbeat to run out.
 */
export class JobQueue {
  readonly #db: JobDatabase;
  readonly #boss: PgBoss;
  readonly #retryLimit: number;

  private constructor(db: JobDatabase, boss: PgBoss, retryLimit: number) {
    this.#db = db;
    this.#boss = boss;
    this.#retryLimit = retryLimit;
  }

  /** Creates schema and queues where they are missing. */
  static async open(db: JobDatabase, logger: Logger, { retryLimit = 5 }: QueueOptions = {}): Promise<JobQueue> {
    const boss = new PgBoss({
      db: asBossDatabase(db.pool),
      schema: SCHEMA,
      schedule: false,
      registerInstance: false,
      // A span for each look at each queue would be most of all spans.
      openTelemetry: { enabled: false },
    });
    boss.on('error', (error) => logger.warn({ error }, 'queue maintenance failed and will be tried again'));
    boss.on('warning', (warning) => logger.debug({ warning }, 'queue maintenance'));
    await db.retrying(() => boss.start());
    await db.retrying(async () => {
      for (const name of QUEUE_NAMES) await boss.createQueue(name, QUEUE_OPTIONS);
    });
    return new JobQueue(db, boss, retryLimit);
  }

  readonly enqueue: Enqueue = async (queue, id, tx) => {
    await this.#send(queue, id, tx);
    await tx.query('SELECT pg_notify($1, $2)', [CHANNEL, queue]);
  };

  /** Queues those of `ids` that have no live job. */
  async ensure(queue: QueueName, ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.#send(queue, id, this.#db.pool);
  }

  /** Takes the next job for a worker, or null. */
  take(queue: QueueName, workerId: string): Promise<Claim | null> {
    return this.#db.transaction(async (tx) => {
      const [job] = await this.#boss.fetch<{ id: string }>(queue, { db: asBossDatabase(tx) });
      if (job === undefined) return null;
      await tx.query(
        `UPDATE ${SCHEMA}.job SET data = data || jsonb_build_object('worker', $3::text) WHERE name = $1 AND id = $2`,
        [queue, job.id, workerId],
      );
      return { queue, id: job.data.id, workerId, job: { id: job.id, retryCount: job.retryCount } };
    });
  }

  /** Every job that some worker has taken. */
  async taken(): Promise<Claim[]> {
    const { rows } = await this.#db.pool.query(
      `SELECT name, id, retry_count, data FROM ${SCHEMA}.job WHERE name = ANY($1) AND state = 'active'`,
      [QUEUE_NAMES],
    );
    return rows.map((row) => ({
      queue: row.name,
      id: row.data.id,
      workerId: row.data.worker,
      job: { id: row.id, retryCount: row.retry_count },
    }));
  }

  /** Says that the jobs are still worked on. */
  async beat(claims: readonly Claim[]): Promise<void> {
    for (const { queue, job } of claims) {
      await this.#db.pool.query(
        `UPDATE ${SCHEMA}.job SET heartbeat_on = now(),
           expire_seconds = ${EXPIRE_SECONDS} + extract(epoch FROM now() - started_on)::int
         WHERE name = $1 AND id = $2 AND state = 'active' AND retry_count = $3`,
        [queue, job.id, job.retryCount],
      );
    }
  }

  async complete({ queue, job }: Claim): Promise<void> {
    await this.#boss.complete(queue, job);
  }

  /** Gives the job back for another try after a delay that doubles each time. @returns false when there are no more tries */
  async fail({ queue, job }: Claim, message: string): Promise<boolean> {
    if (job.retryCount >= this.#retryLimit) return false;
    await this.#boss.fail(queue, job, { message });
    return true;
  }

  /** Puts a job back in front of every worker, with all its tries, as if it had never been taken. */
  async release(claim: Claim): Promise<void> {
    await this.#db.transaction(async (tx) => {
      const options = { db: asBossDatabase(tx) };
      const { affected } = (await this.#boss.deleteJob(claim.queue, claim.job, options)) as { affected: number };
      if (affected === 0) return;
      await this.#send(claim.queue, claim.id, tx);
      await tx.query('SELECT pg_notify($1, $2)', [CHANNEL, claim.queue]);
    });
  }

  /** Calls back when a job may be waiting; the rest is for polling to find. @returns what ends it */
  onQueued(notified: () => void): Promise<() => Promise<void>> {
    return this.#db.listen(CHANNEL, notified);
  }

  /** Leaves the database open, which belongs to the caller. */
  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false, close: false });
  }

  async #send(queue: QueueName, id: string, tx: Statements): Promise<void> {
    await this.#boss.send(queue, { id }, { singletonKey: id, retryLimit: this.#retryLimit, db: asBossDatabase(tx) });
  }
}

function asBossDatabase(client: Statements): {
  executeSql(text: string, values?: unknown[]): ReturnType<Statements['query']>;
} {
  return { executeSql: (text, values) => client.query(text, values) };
}
