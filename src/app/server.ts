import { startApi } from '../api/http-server.ts';
import type { Config } from '../config/index.ts';
import type { Logger } from '../platform/logger.ts';
import { openServices, serverState, startWorking } from './compose.ts';
import { startHousekeeping } from './housekeeping.ts';
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
}

export interface RunningServer {
  /** e.g. `http://127.0.0.1:4000` */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts from the bottom up: database and services, the API, the worker; stops the other way round. */
export async function startServer({ config, logger, worker, announce }: ServerOptions): Promise<RunningServer> {
  const app = await openServices(config, logger);
  const server = serverState(app, worker);
  // Last, when all spans have ended.
  const close: (() => Promise<void>)[] = [await startTelemetry(config.otlpEndpoint, logger), () => app.close()];
  const stop = async () => {
    for (let step = close.pop(); step !== undefined; step = close.pop()) await step();
  };
  try {
    const { host, port, origins } = config;
    const readiness = watchReadiness(app, logger);
    const services = { ...app.services, server };
    const api = await startApi({ services, logger, host, port, origins, readiness, metrics: app.metrics });
    // The worker goes last: a running request may still wait for its job.
    if (worker) {
      const working = startWorking(app, logger);
      close.push(() => working.stop());
      close.push(startHousekeeping(app, logger));
    }
    close.push(() => api.stop());
    if (announce) {
      await writeServerFile(config.dataDir, { url: api.localUrl, pid: process.pid, instance: server.instance });
      close.push(() => removeServerFile(config.dataDir, server.instance));
    }
    return { url: api.localUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
