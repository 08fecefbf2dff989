import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { toGlobalId } from '../api/global-ids.ts';
import type { Metrics } from '../api/probes.ts';
import type { IndexId } from '../domain/ids.ts';
import type { Logger } from '../platform/logger.ts';
import { QUEUE_NAMES } from '../services/enqueue.ts';
import type { Database } from '../store/database.ts';
import { newestIndexes, queueDepths, trainingThroughput, workerCount } from '../store/operations.ts';
import type { MeasuringGroup } from './group-metrics.ts';

export interface ServerMetrics extends Metrics {
  observeSearch(search: { readonly strategy: string; readonly seconds: number }): void;
  observeSearchError(code: string): void;
  observeRecall(recall: number): void;
  /** From now on a scrape is of all processes of the group. */
  join(group: MeasuringGroup): void;
}

/** From half a millisecond to four seconds, each twice the one before. */
const SEARCH_BUCKETS = Array.from({ length: 14 }, (_, i) => 0.0005 * 2 ** i);
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const RECALL_BUCKETS = [0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1];
const LAGS = ['', '_p50', '_p90', '_p99'].map((of) => `nodejs_eventloop_lag${of}_seconds`);
/** Indexes whose recall is told. */
const INDEXES = 50;

/** What this process, or its group, has measured, and what the database knows, asked for at each scrape. */
export function createMetrics(
  { db, jobDb }: { readonly db: Pick<Database, 'pool'>; readonly jobDb: Pick<Database, 'pool'> },
  logger: Logger,
): ServerMetrics {
  /** What this process has measured. */
  const own = new Registry();
  /** What the database knows: the same, whichever process asks. */
  const known = new Registry();
  /** Names things by their ids: nothing for whoever reaches the port. */
  const ofThings = new Registry();
  // Event loop lag, memory, garbage collection and handles of this process.
  collectDefaultMetrics({ register: own });
  const processes = gauge('quartet_processes', 'Server processes that this scrape is of.');
  let group: MeasuringGroup | undefined;

  const searches = new Histogram({
    name: 'quartet_search_duration_seconds',
    help: 'Searches answered, by the strategy that found the hits.',
    labelNames: ['strategy'],
    buckets: SEARCH_BUCKETS,
    registers: [own],
  });
  const searchErrors = new Counter({
    name: 'quartet_search_errors_total',
    help: 'Searches refused or failed, by error code.',
    labelNames: ['code'],
    registers: [own],
  });
  const recalls = new Histogram({
    name: 'quartet_search_recall',
    help: 'Share of the true nearest found, of searches of a graph that were repeated exactly: one in a hundred.',
    buckets: RECALL_BUCKETS,
    registers: [own],
  });
  const requests = new Histogram({
    name: 'quartet_http_request_duration_seconds',
    help: 'HTTP requests; status 499: the client left before its answer.',
    labelNames: ['route', 'method', 'status'],
    buckets: REQUEST_BUCKETS,
    registers: [own],
  });
  const up = gauge('quartet_database_up', 'Whether the database answered this scrape.');
  const connections = new Gauge({
    name: 'quartet_database_connections',
    help: 'Connections by whom they are for (requests, jobs) and state.',
    labelNames: ['pool', 'state'],
    registers: [own],
    collect: countConnections,
  });
  const jobs = gauge('quartet_queue_jobs', 'Jobs by queue and state, in the whole installation.', ['queue', 'state']);
  const workers = gauge('quartet_workers', 'Workers seen, in the whole installation.');
  const throughput = gauge('quartet_training_pairs_per_second', 'Pairs per second of running trainings.', ['paradigm']);
  const recall = new Gauge({
    name: 'quartet_index_recall_at_10',
    help: 'Measured share of the true ten nearest found, of the newest index of each dataset.',
    labelNames: ['index'],
    registers: [ofThings],
  });

  function gauge(name: string, help: string, labelNames: string[] = []): Gauge {
    return new Gauge({ name, help, labelNames, registers: [known] });
  }

  function countConnections(): void {
    for (const [name, { totalCount, idleCount, waitingCount }] of [
      ['requests', db.pool],
      ['jobs', jobDb.pool],
    ] as const) {
      connections.set({ pool: name, state: 'busy' }, totalCount - idleCount);
      connections.set({ pool: name, state: 'idle' }, idleCount);
      connections.set({ pool: name, state: 'waited for' }, waitingCount);
    }
  }

  async function ask(): Promise<void> {
    for (const one of [jobs, throughput, recall]) one.reset();
    const { pool } = db;
    try {
      const depths = await queueDepths(pool);
      for (const queue of QUEUE_NAMES) for (const state of ['waiting', 'running']) jobs.set({ queue, state }, 0);
      for (const { queue, state, jobs: count } of depths) jobs.set({ queue, state }, count);
      workers.set(await workerCount(pool));
      for (const { paradigm, pairsPerSecond } of await trainingThroughput(pool))
        throughput.set({ paradigm }, pairsPerSecond);
      for (const { id, recallAt10 } of await newestIndexes(pool, INDEXES)) {
        if (recallAt10 !== null) recall.set({ index: toGlobalId('IndexVersion', id as IndexId) }, recallAt10);
      }
      up.set(1);
    } catch (error) {
      // What this process measured itself is told all the same.
      logger.debug({ error }, 'the database did not answer a scrape');
      up.set(0);
    }
  }

  /** What was measured, by this process or by all of its group. */
  async function measurements(): Promise<Registry> {
    processes.set(1);
    if (group === undefined) return own;
    try {
      const all = await group.all();
      processes.set(all.processes);
      return AggregatorRegistry.aggregate(all.measured as object[]);
    } catch (error) {
      // It is said by the number of processes.
      logger.warn({ error }, 'a scrape tells of one process of the group only');
      return own;
    }
  }

  return {
    contentType: own.contentType,
    async text(all) {
      const [measured] = await Promise.all([measurements(), ask()]);
      const parts = await Promise.all([measured, known, ...(all ? [ofThings] : [])].map((part) => part.metrics()));
      return parts.join('\n');
    },
    join(joined) {
      group = joined;
      group.answer(() => own.getMetricsAsJSON());
      // Of lags the longest is told: a mean would hide the process that hangs.
      for (const lag of LAGS) Object.assign(own.getSingleMetric(lag) ?? {}, { aggregator: 'max' });
    },
    observeRequest: ({ route, method, status, seconds }) => requests.observe({ route, method, status }, seconds),
    observeSearch: ({ strategy, seconds }) => searches.observe({ strategy }, seconds),
    observeSearchError: (code) => searchErrors.inc({ code }),
    observeRecall: (share) => recalls.observe(share),
  };
}
