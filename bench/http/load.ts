import { Connection, requestBytes } from './connection.ts';

export interface Load {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly requests: number;
}

export interface LoadTask {
  readonly url: string;
  /** Request bodies, sent one after another over all connections, again and again. */
  readonly bodies: readonly string[];
  readonly connections: number;
  readonly seconds: number;
  /** Called with the first answer, to see that it is one. */
  check(answer: string): void;
}

/** Keeps every connection busy for a while: the next request goes out when the answer is there. */
export async function load({ url, bodies, connections, seconds, check }: LoadTask): Promise<Load> {
  const requests = bodies.map((body) => requestBytes(url, body));
  const open = Array.from({ length: connections }, () => new Connection(url));
  const [first] = open as [Connection];
  await first.send(requests[0] as Buffer);
  check(first.body());
  const latencies: number[] = [];
  let next = 0;
  const begun = performance.now();
  const end = begun + 1_000 * seconds;
  const work = async (connection: Connection) => {
    while (performance.now() < end) {
      const sent = performance.now();
      await connection.send(requests[next++ % requests.length] as Buffer);
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(open.map(work));
  const elapsed = (performance.now() - begun) / 1_000;
  for (const connection of open) connection.close();
  latencies.sort((a, b) => a - b);
  const at = (share: number) => Number((latencies[Math.floor(share * (latencies.length - 1))] ?? 0).toFixed(2));
  return { perSecond: latencies.length / elapsed, p50Ms: at(0.5), p99Ms: at(0.99), requests: latencies.length };
}
