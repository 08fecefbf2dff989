import { SpanStatusCode, trace } from '@opentelemetry/api';

/** Whether somebody gets the spans. */
let traced = false;

/** Called by src/app/telemetry.ts when it has set up an exporter, and when that ends. Until then a span costs nothing. */
export function traceSpans(on: boolean): void {
  traced = on;
}

export type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Runs `fn` as a span below the one around it. No content goes into attributes: traces are kept by others. */
export function span<T>(name: string, fn: () => Promise<T>, attributes: Attributes = {}): Promise<T> {
  if (!traced) return fn();
  return trace.getTracer('quartet').startActiveSpan(name, { attributes }, async (active) => {
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
  if (!traced) return;
  trace.getActiveSpan()?.setAttributes({ ...attributes });
}
