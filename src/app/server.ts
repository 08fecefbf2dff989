import { randomUUID } from 'node:crypto';
import { startApi } from '../api/http-server.ts';
import type { Config } from '../config/index.ts';
import { QuartetError } from '../domain/errors.ts';
import type { Logger } from '../platform/logger.ts';
import { isLoopback } from '../platform/loopback.ts';
import { SpendingService } from '../services/spending.ts';
import { openServices, serverState, startWorking } from './compose.ts';
import type { MeasuringGroup } from './group-metrics.ts';
import { startHousekeeping } from './housekeeping.ts';
import { ensureLocalKey } from './local-key.ts';
import { watchReadiness } from './readiness.ts';
import { removeServerFile, writeServerFile } from './server-file.ts';
import { startTelemetry } from './telemetry.ts';

export interface ServerOptions {
  readonly config: Config;
  readonly logger: Logger;
  /** Whether it works on jobs too. */
  readonly worker: boolean;
  /** Whether other commands on this data directory are to find and use it. */
  readonly announce: boolean;
  /** Of the group that it belongs to. Default: its own. */
  readonly instance?: string | undefined;
  /** Whose processes have their metrics together. Default: its own. */
  readonly group?: MeasuringGroup | undefined;
}

export interface RunningServer {
  /** e.g. `http://127.0.0.1:4000` */
  readonly url: string;
  /** Key for clients on this machine. */
  readonly localKey: string;
  /** Makes the first key there is, to be shown once. @returns null when keys were made before, or none is needed */
  firstKey(): Promise<string | null>;
  stop(): Promise<void>;
}

/**
 * Starts from the bottom up: database and services, the API, the worker; stops the other way round.
 * @throws QuartetError BAD_INPUT when it is to need no key and can be reached from elsewhere; DATABASE_UNAVAILABLE, DISK_FULL
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { config, logger, worker, announce, instance, group } = options;
  if (!config.auth && !isLoopback(config.host)) {
    const remedy = 'let it listen on 127.0.0.1, or let it ask for keys';
    throw new QuartetError('BAD_INPUT', `Without keys everybody who reaches ${config.host} could do all: ${remedy}.`);
  }
  const app = await openServices(config, logger);
  if (group !== undefined) app.metrics.join(group);
  const server = serverState(app, worker, instance);
  // Last, when all spans have ended.
  const close: (() => Promise<void>)[] = [await startTelemetry(config.otlpEndpoint, logger), () => app.close()];
  const stop = async () => {
    for (let step = close.pop(); step !== undefined; step = close.pop()) await step();
  };
  try {
    const localKey = await ensureLocalKey(config.dataDir);
    close.push(await app.services.keys.watch());
    const { host, port, origins, auth: required } = config;
    const readiness = watchReadiness(app, logger);
    close.push(() => readiness.stop());
    // A name of its own: processes of a group share their instance.
    const spending = new SpendingService({ db: app.db, instance: randomUUID() });
    const services = { ...app.services, server, spending };
    const api = await startApi({
      services,
      auth: { required, localKey },
      logger,
      host,
      port,
      origins,
      readiness,
      metrics: app.metrics,
      limits: config.limits,
    });
    // The worker goes last: a running request may still wait for its job.
    if (worker) {
      const working = startWorking(app, logger);
      close.push(() => working.stop());
    }
    // Of processes that share a disk, one tidies it.
    if (worker || announce) close.push(startHousekeeping(app, logger, { worker }));
    close.push(() => api.stop());
    if (announce) {
      await writeServerFile(config.dataDir, { url: api.localUrl, pid: process.pid, instance: server.instance });
      close.push(() => removeServerFile(config.dataDir, server.instance));
    }
    const firstKey = async () => (required ? app.services.keys.createFirst() : null);
    return { url: api.localUrl, localKey, firstKey, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
