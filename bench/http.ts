import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { toGlobalId } from '../src/api/global-ids.ts';
import { loadConfig } from '../src/config/index.ts';
import { VectorIndex } from '../src/search-index/vector-index.ts';
import { type House, prepareHouse, rawRate } from './http/house.ts';
import { type Load, load } from './http/load.ts';
import { median as medianOf } from './median.ts';
import { OwnServer } from './own-server.ts';
import type { Bench } from './run.ts';
import { mixture } from './vectors/mixture.ts';

/*
 * Searches a second over HTTP and GraphQL with the text of every hit, against FastAPI + faiss that returns ids only; then batches of
 * 100 against the index alone, and latency during an upsert stream and a build. The peer's Python is named by --python (fastapi,
 * uvicorn, faiss-cpu); without it only Quartet is measured. Rounds alternate, medians are reported. --processes says by how many server
 * processes Quartet answers; the peer is one.
 */

const DOCUMENT = `query Search($input: SearchInput!) {
  search(input: $input) { hits { rank score item { id text } } exhausted }
}`;
const BATCH = `query Batch($input: SearchBatchInput!) {
  searchBatch(input: $input) { results { hits { rank score item { id text } } } }
}`;
const UPSERT = `mutation Upsert($input: UpsertItemsInput!) { upsertItems(input: $input) { added userErrors { message } } }`;
const BUILD = `mutation Build($input: BuildIndexInput!) { buildIndex(input: $input) { index { id } userErrors { message } } }`;
const CONNECTIONS = 8;
const K = 10;
const BATCH_SIZE = 100;

export const bench: Bench = async (args, print) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: 'string', default: '100000' },
      dimensions: { type: 'string', default: '128' },
      ef: { type: 'string', default: '64' },
      seconds: { type: 'string', default: '5' },
      rounds: { type: 'string', default: '7' },
      processes: { type: 'string', default: '1' },
      python: { type: 'string' },
      quick: { type: 'boolean', default: false },
    },
  });
  const count = values.quick ? 10_000 : Number(values.count);
  const seconds = values.quick ? 2 : Number(values.seconds);
  const rounds = values.quick ? 1 : Number(values.rounds);
  const [dimensions, ef] = [Number(values.dimensions), Number(values.ef)];
  const graph = { m: 16, efConstruction: 200, ef };
  const all = mixture(count + 1_000, dimensions);
  const vectors = all.subarray(0, count * dimensions);
  const queries = all.subarray(count * dimensions);
  const dataDir = await mkdtemp(join(tmpdir(), 'quartet-http-'));
  const stopping: (() => Promise<void> | void)[] = [() => rm(dataDir, { recursive: true, force: true })];
  try {
    const config = { ...loadConfig(), dataDir, databaseUrl: undefined, host: '127.0.0.1', port: 0 };
    const house = await prepareHouse(config, { vectors, dimensions, ...graph });
    const own = { QUARTET_DATA: dataDir, QUARTET_PORT: '0', QUARTET_AUTH: 'off', QUARTET_LOG_LEVEL: 'warn' };
    const server = new OwnServer(dataDir, { ...process.env, ...own }, ['--processes', values.processes]);
    stopping.push(() => server.stop());
    const url = await server.untilUp();
    const peer =
      values.python === undefined ? null : await startPeer(values.python, dataDir, { vectors, dimensions, ...graph });
    if (peer !== null) stopping.push(() => stop(peer.child));

    const texts = encoded(queries, dimensions);
    const ours = () => load(oursTask(url, house, texts, seconds));
    const theirs = () =>
      load({
        url: `${peer?.url}/search`,
        bodies: texts.map((vector) => JSON.stringify({ vector, k: K })),
        connections: CONNECTIONS,
        seconds,
        check: () => {},
      });
    // The first round is for warming, both: compiled code, memory that a virtual machine has to get back from its host.
    const [mine, other]: [Load[], Load[]] = [[], []];
    for (let round = 0; round <= rounds; round++) {
      const [our, their] = [await ours(), peer === null ? null : await theirs()];
      if (round === 0) continue;
      mine.push(our);
      if (their !== null) other.push(their);
    }
    const quartet = median(mine);
    const fastapi = other.length === 0 ? null : median(other);
    print({
      count,
      dimensions,
      ef,
      connections: CONNECTIONS,
      processes: Number(values.processes),
      ...shown(quartet),
      peer: peer?.version ?? null,
      peerPerSecond: fastapi === null ? null : Math.round(fastapi.perSecond),
      rounds: mine.map(({ perSecond }) => Math.round(perSecond)),
      peerRounds: other.map(({ perSecond }) => Math.round(perSecond)),
      timesPeer: fastapi === null ? null : Number((quartet.perSecond / fastapi.perSecond).toFixed(2)),
    });
    if (peer !== null) stop(peer.child);

    const index = await VectorIndex.load(house.indexPath);
    const [batches, raw]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      raw.push(await rawRate(index, queries, ef, seconds));
      batches.push(BATCH_SIZE * (await load(batchTask(url, house, texts, seconds))).perSecond);
    }
    await index.release();
    const [perSecond, rawPerSecond] = [medianOf(batches), medianOf(raw)];
    print({
      batch: BATCH_SIZE,
      searchesPerSecond: Math.round(perSecond),
      rawPerSecond: Math.round(rawPerSecond),
      share: Number((perSecond / rawPerSecond).toFixed(2)),
    });

    const post = (query: string, input: object) => postGraphql(url, query, input);
    let streaming = true;
    let upserts = 0;
    const stream = (async () => {
      for (; streaming; upserts++) {
        const item = { text: `streamed ${upserts}`, externalId: `stream-${upserts}` };
        await post(UPSERT, { datasetId: toGlobalId('Dataset', house.datasetId), items: [item] });
        await sleep(50);
      }
    })();
    print({ during: 'upserts', ...shown(await ours()), upserts });
    streaming = false;
    await stream;
    await post(BUILD, { datasetId: toGlobalId('Dataset', house.datasetId), efConstruction: 400 });
    await sleep(500);
    print({ during: 'build', ...shown(await ours()) });
  } finally {
    for (const step of stopping.reverse()) await step();
  }
};

function oursTask(url: string, { indexId }: House, vectors: readonly string[], seconds: number) {
  const target = { indexId: toGlobalId('IndexVersion', indexId) };
  const bodies = vectors.map((vector) =>
    JSON.stringify({ query: DOCUMENT, variables: { input: { target, query: { vector }, k: K } } }),
  );
  return { url: `${url}/graphql`, bodies, connections: CONNECTIONS, seconds, check: checkHits };
}

function batchTask(url: string, { indexId }: House, vectors: readonly string[], seconds: number) {
  const target = { indexId: toGlobalId('IndexVersion', indexId) };
  const bodies = Array.from({ length: Math.floor(vectors.length / BATCH_SIZE) }, (_, at) => {
    const queries = vectors.slice(at * BATCH_SIZE, (at + 1) * BATCH_SIZE).map((vector) => ({ vector }));
    return JSON.stringify({ query: BATCH, variables: { input: { target, queries, k: K } } });
  });
  return { url: `${url}/graphql`, bodies, connections: CONNECTIONS, seconds, check: () => {} };
}

function checkHits(answer: string): void {
  const { data } = JSON.parse(answer);
  if (data?.search?.hits?.length !== K || !data.search.hits[0].item.text) throw new Error(answer.slice(0, 500));
}

async function postGraphql(url: string, query: string, input: object): Promise<void> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { errors } = (await response.json()) as { errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
}

async function startPeer(
  python: string,
  dir: string,
  { vectors, ...options }: { vectors: Float32Array; dimensions: number; m: number; efConstruction: number; ef: number },
): Promise<{ child: ChildProcess; url: string; version: string }> {
  const file = join(dir, 'peer.f32');
  await writeFile(file, new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength));
  const script = fileURLToPath(new URL('./peers/fastapi_faiss.py', import.meta.url));
  const task = JSON.stringify({ ...options, vectors: file, threads: 2 });
  const child = spawn(python, ['-B', script, task], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const [line] = (await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => ['{}'])])) as [string];
  const { ready, port } = JSON.parse(line);
  if (port === undefined)
    throw new Error('the peer did not start; does that Python have fastapi, uvicorn and faiss-cpu?');
  return { child, url: `http://127.0.0.1:${port}`, version: ready };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

function encoded(queries: Float32Array, dimensions: number): string[] {
  return Array.from({ length: queries.length / dimensions }, (_, at) => {
    const row = queries.slice(at * dimensions, (at + 1) * dimensions);
    return Buffer.from(row.buffer).toString('base64');
  });
}

function median(loads: readonly Load[]): Load {
  return [...loads].sort((a, b) => a.perSecond - b.perSecond)[loads.length >> 1] as Load;
}

function shown({ perSecond, p50Ms, p99Ms }: Load): object {
  return { searchesPerSecond: Math.round(perSecond), p50Ms, p99Ms };
}
