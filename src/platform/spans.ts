import { SpanStatusCode, trace } from '@opentelemetry/api';

/** Costs next to nothing until src/app/telemetry.ts has set up an exporter: OpenTelemetry's own no-op stands in. */
const tracer = () => trace.getTracer('quartet');

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Runs `fn` as a span below the one around it. No content goes into attributes: traces are kept by others. */
export function span<T>(name: string, fn: () => Promise<T>, attributes: Attributes = {}): Promise<T> {
  return tracer().startActiveSpan(name, { attributes }, async (active) => {
    try {
      return await fn();
    } catch (error) {
      const { code } = error as { readonly code?: unknown };
      active.setAttribute('error.type', typeof code === 'string' ? code : 'INTERNAL');
      active.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      active.end();
    }
  });
}

/** Notes something on the span around, once it is known. */
export function note(attributes: Attributes): void {
  trace.getActiveSpan()?.setAttributes({ ...attributes });
}
