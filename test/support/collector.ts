import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { TestContext } from 'node:test';

interface Span {
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
}

/** An OpenTelemetry collector as far as it goes: keeps the spans that come by OTLP over HTTP as JSON. */
export async function startCollector(
  t: TestContext,
): Promise<{ readonly endpoint: string; readonly spans: Span[]; readonly paths: Set<string | undefined> }> {
  const spans: Span[] = [];
  const paths = new Set<string | undefined>();
  const collector = createServer(async (request, response) => {
    paths.add(request.url);
    const { resourceSpans } = (await json(request)) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
    spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
    response.setHeader('content-type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => collector.once('listening', resolve));
  t.after(() => {
    collector.closeAllConnections();
    collector.close();
  });
  return { endpoint: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`, spans, paths };
}
