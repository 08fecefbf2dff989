import { Agent, request } from 'node:http';

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
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const send = (body: string) =>
    new Promise<string>((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const sent = request(url, { method: 'POST', agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString();
          if (response.statusCode === 200) resolve(answer);
          else reject(new Error(`${response.statusCode}: ${answer.slice(0, 300)}`));
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  check(await send(bodies[0] as string));
  const latencies: number[] = [];
  let next = 0;
  const begun = performance.now();
  const end = begun + 1_000 * seconds;
  const work = async () => {
    while (performance.now() < end) {
      const sent = performance.now();
      await send(bodies[next++ % bodies.length] as string);
      latencies.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  const elapsed = (performance.now() - begun) / 1_000;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  const at = (share: number) => Number((latencies[Math.floor(share * (latencies.length - 1))] ?? 0).toFixed(2));
  return { perSecond: latencies.length / elapsed, p50Ms: at(0.5), p99Ms: at(0.99), requests: latencies.length };
}
