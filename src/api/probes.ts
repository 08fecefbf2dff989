import { type Request, Router } from 'express';

export interface ReadinessCheck {
  readonly ok: boolean;
  readonly detail?: string;
}

export interface Readiness {
  readonly names: readonly string[];
  /** Never throws. */
  check(name: string): Promise<ReadinessCheck>;
}

export interface Metrics {
  readonly contentType: string;
  /** In Prometheus' text format. @param all also of what is in namespaces, which is told by its ids */
  text(all: boolean): Promise<string>;
  observeRequest(request: ObservedRequest): void;
}

export interface ObservedRequest {
  /** Of the router, without ids: `/uploads/:id`. */
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly seconds: number;
}

export interface ProbeOptions {
  /** Of this process, to tell it from another on the same port. */
  readonly instance: string;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  /** True once the server is stopping: whoever balances load sends nothing more here. */
  draining(): boolean;
  /** Whether whoever asks may know what is in every namespace. */
  isOperator(request: Request): Promise<boolean>;
}

/**
 * `/livez`: the process runs; a restart would help nothing while it answers. `/readyz`: it can do its work, 503 when a check
 * fails, `?except=worker` leaves one out where search is to go on without workers. `/metrics`: for Prometheus; figures of single indexes
 * only for a key of the operator.
 */
export function probeRoutes({ instance, readiness, metrics, draining, isOperator }: ProbeOptions): Router {
  const router = Router();
  router.get('/livez', (_request, response) => void response.json({ status: 'ok', instance }));
  router.get('/readyz', async ({ query }, response) => {
    const except = String(query.except ?? '').split(',');
    const names = readiness.names.filter((name) => !except.includes(name));
    const results = await Promise.all(names.map((name) => readiness.check(name)));
    const ready = !draining() && results.every(({ ok }) => ok);
    response.set('cache-control', 'no-store').status(ready ? 200 : 503);
    const status = draining() ? 'stopping' : ready ? 'ready' : 'not ready';
    response.json({ status, checks: Object.fromEntries(names.map((name, i) => [name, results[i]])) });
  });
  router.get('/metrics', async (request, response) => {
    response.set({ 'content-type': metrics.contentType, 'cache-control': 'no-store' });
    response.end(await metrics.text(await isOperator(request)));
  });
  return router;
}
