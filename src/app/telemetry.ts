import type { Logger } from '../platform/logger.ts';
import { traceSpans } from '../platform/spans.ts';
import { VERSION } from './version.ts';

/**
 * Sends spans to an OpenTelemetry collector by OTLP over HTTP. The packages are loaded only when there is one. What else the
 * standard variables say (OTEL_EXPORTER_OTLP_HEADERS, OTEL_TRACES_SAMPLER …) the packages read themselves.
 * @param endpoint OTEL_EXPORTER_OTLP_ENDPOINT, e.g. `http://collector:4318`; undefined: nothing is set up
 * @returns sends what is left and ends it
 */
export async function startTelemetry(endpoint: string | undefined, logger: Logger): Promise<() => Promise<void>> {
  if (endpoint === undefined) return async () => {};
  const [api, { AsyncLocalStorageContextManager }, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  const exporter = new OTLPTraceExporter({ url });
  const provider = new sdk.BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'quartet', 'service.version': VERSION }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  });
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  api.trace.setGlobalTracerProvider(provider);
  traceSpans(true);
  logger.info('spans go to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names');
  return async () => {
    // A collector that is away must not keep the server from stopping.
    await provider.shutdown().catch((error) => logger.warn({ error }, 'the last spans could not be sent'));
    traceSpans(false);
    api.trace.disable();
    api.context.disable();
  };
}
