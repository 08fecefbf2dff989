import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { syntheticPairs } from '../synthetic-pairs.ts';

/*
 * The clients of the server that is measured, in a process of their own: runs commands of the CLI, and searches as people at
 * search boxes do, at a fixed rate whatever the answers take.
 */

export type ClientRequest =
  | { readonly kind: 'command'; readonly words: readonly string[] }
  | { readonly kind: 'search'; readonly url: string; readonly perSecond: number; readonly rows: number }
  | { readonly kind: 'stop searching' };

/** Milliseconds from request to answer. */
export interface Searches {
  readonly served: number;
  readonly failed: number;
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
}

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const SEARCH = `query ($text: String!) { search(input: {target: {datasetName: "bench"}, query: {text: $text}, k: 10}) {
  hits { score item { text } }
} }`;

function runCommand(words: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
    let answer = '';
    child.stdout.on('data', (piece) => {
      answer += String(piece);
    });
    child.once('exit', (status) => (status === 0 ? resolve() : reject(new Error(`${words[0]}: ${answer}`))));
  });
}

function startSearching({ url, perSecond, rows }: Extract<ClientRequest, { kind: 'search' }>): () => Promise<Searches> {
  const pairs = syntheticPairs(rows);
  const times: number[] = [];
  const underWay = new Set<Promise<void>>();
  let sent = 0;
  let failed = 0;
  const search = async () => {
    const begun = performance.now();
    const body = JSON.stringify({ query: SEARCH, variables: { text: pairs.question((sent++ * 7_919) % rows) } });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
    const { data } = (await response.json()) as { data?: { search?: { hits: unknown[] } } };
    if (data?.search?.hits.length !== 10) throw new Error('not ten hits');
    times.push(performance.now() - begun);
  };
  const timer = setInterval(() => {
    const one = search()
      .catch(() => {
        failed++;
      })
      .finally(() => underWay.delete(one));
    underWay.add(one);
  }, 1_000 / perSecond);
  return async () => {
    clearInterval(timer);
    await Promise.all(underWay);
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
    return { served: times.length, failed, p50: at(0.5), p99: at(0.99), slowest: times.at(-1) ?? 0 };
  };
}

if (import.meta.main) {
  let stopSearching: (() => Promise<Searches>) | undefined;
  const answer = async (request: ClientRequest): Promise<Searches | undefined> => {
    if (request.kind === 'command') await runCommand(request.words);
    else if (request.kind === 'search') stopSearching = startSearching(request);
    else return stopSearching?.();
    return undefined;
  };
  process.on('message', ({ id, request }: { id: number; request: ClientRequest }) => {
    answer(request).then(
      (result) => process.send?.({ id, result }),
      (error: Error) => process.send?.({ id, error: error.message }),
    );
  });
}
