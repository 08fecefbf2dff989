import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { RowSet } from '../../../src/search-index/filter/row-set.ts';
import type { Graph, GraphQuery, VectorStorage } from '../../../src/search-index/graph.ts';
import { nativeAddon } from '../../../src/search-index/native/addon.ts';
import { NativeGraph } from '../../../src/search-index/native/native-graph.ts';
import { clusteredVectors, rowOf } from '../support/vectors.ts';

const D = 32;
const N = 2_000;
const all = clusteredVectors(N + 300, D);
const plain: GraphQuery = { k: 10, ef: 40, allowed: null, budget: 0 };
let graph: Graph;

before(async () => {
  graph = await build(all.subarray(0, N * D), D);
});

async function build(vectors: Float32Array, dimensions: number, storage: VectorStorage = 'float32'): Promise<Graph> {
  const count = vectors.length / dimensions;
  const made = NativeGraph.create({ dimensions, capacity: count, m: 8, efConstruction: 60, seed: 3, storage });
  await made.addMany(
    vectors,
    Int32Array.from({ length: count }, (_, row) => row),
    2,
  );
  return made;
}

test('a walk beside this thread finds what a search in it finds, of either storage, among all rows or some', async () => {
  const int8 = await build(all.subarray(0, N * D), D, 'int8');
  const allowed = RowSet.of(
    N,
    Array.from({ length: 400 }, (_, at) => at * 5),
  );
  for (const searched of [graph, int8]) {
    for (const asked of [plain, { ...plain, k: 1 }, { ...plain, allowed }, { ...plain, k: 300, ef: 300 }]) {
      for (let at = 0; at < 20; at++) {
        const query = rowOf(all, D, N + at);
        assert.deepEqual(await searched.searchSoon(query, asked), searched.search(query, asked));
      }
    }
  }
});

test('a walk is given up when its budget is spent, as a search is', async () => {
  const asked = { k: 3, ef: 10, allowed: RowSet.of(N, [7, 70, 700]), budget: 50 };
  assert.equal(graph.search(rowOf(all, D, N), asked), null);
  assert.equal(await graph.searchSoon(rowOf(all, D, N), asked), null);
});

test('of many more walks than there are places each gets its own answer', async () => {
  const queries = Array.from({ length: 300 }, (_, at) => rowOf(all, D, N + at));
  const found = await Promise.all(queries.map((query, at) => graph.searchSoon(query, { ...plain, k: 1 + (at % 12) })));
  for (const [at, query] of queries.entries()) {
    assert.deepEqual(found[at], graph.search(query, { ...plain, k: 1 + (at % 12) }), `query ${at}`);
  }
});

test('vectors that are longer than a place are found too', async () => {
  const [long, wide] = [clusteredVectors(40, 2_500), 2_500];
  const searched = await build(long, wide);
  const query = rowOf(long, wide, 17);
  assert.deepEqual((await searched.searchSoon(query, { ...plain, k: 3 }))?.rows[0], 17);
});

test('a graph that is released while it is walked is walked to the end, and no further walk begins', async () => {
  const released = await build(all.subarray(0, 500 * D), D);
  const query = rowOf(all, D, N);
  const wanted = released.search(query, plain);
  const under = Array.from({ length: 64 }, () => released.searchSoon(query, plain));
  const waiting = assert.rejects(released.searchSoon(query, plain), /released/);
  await released.release();
  for (const found of await Promise.all(under)) assert.deepEqual(found, wanted);
  await waiting;
  await assert.rejects(released.searchSoon(query, plain), /released/);
  // The place it would have had is free again.
  assert.deepEqual(await graph.searchSoon(query, plain), graph.search(query, plain));
});

test('throws at a walk that would read or write where it must not', () => {
  const addon = nativeAddon();
  assert.ok(addon);
  const own = new addon.NativeGraph(D, false, 10, 8, 40, 1);
  own.add(rowOf(all, D, 0), 0);
  const wide = new addon.NativeGraph(2_049, false, 10, 8, 40, 1);
  const calls: (() => unknown)[] = [
    () => own.walk(64, 1, 10, null, 0),
    () => own.walk(-1, 1, 10, null, 0),
    () => own.walk(0, 129, 10, null, 0),
    () => own.walk(0, 1, 10, new Uint32Array(2), 0),
    () => wide.walk(0, 1, 10, null, 0),
    () => addon.takeWalks(new Int32Array(63)),
    () => addon.startWalkers(() => {}, 1, all, new Int32Array(1), all, new Int32Array(1), 1),
  ];
  for (const call of calls) assert.throws(call, Error, call.toString());
});

const PROGRAM = `
  import { Worker } from 'node:worker_threads';
  import { NativeGraph } from '${new URL('../../../src/search-index/native/native-graph.ts', import.meta.url)}';
  const graph = NativeGraph.create({ dimensions: 4, capacity: 4, m: 4, efConstruction: 10, seed: 1, storage: 'float32' });
  for (let row = 0; row < 4; row++) graph.add(Float32Array.from({ length: 4 }, (_, i) => Number(i === row)), row);
  const asked = { k: 1, ef: 10, allowed: null, budget: 0 };
  const walk = () => graph.searchSoon(Float32Array.of(0, 0, 1, 0), asked);`;

test('a process without other work waits for its walk, and ends after it', async () => {
  const { stdout } = await program(`${PROGRAM}
    const found = await walk();
    console.log(found.rows[0]);`);
  assert.equal(stdout, '2\n');
});

test('a thread that ends while it walks takes nothing with it', async () => {
  const worker = `${PROGRAM}
    import { parentPort } from 'node:worker_threads';
    await walk();
    const again = () => Promise.all(Array.from({ length: 200 }, walk)).then(again);
    again();
    parentPort.postMessage('walking');`;
  const { stdout } = await program(`${PROGRAM}
    for (let turn = 0; turn < 5; turn++) {
      const worker = new Worker(new URL('data:text/javascript,' + encodeURIComponent(${JSON.stringify(worker)})));
      await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
      await worker.terminate();
    }
    console.log((await walk()).rows[0]);`);
  assert.equal(stdout, '2\n');
});

async function program(text: string): Promise<{ stdout: string }> {
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', text];
  return await promisify(execFile)(process.execPath, args, { timeout: 60_000 });
}
