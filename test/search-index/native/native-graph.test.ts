import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { bestEngine } from '../../../src/search-index/engines.ts';
import { exactNearest } from '../../../src/search-index/exact.ts';
import { RowSet } from '../../../src/search-index/filter/row-set.ts';
import type { Graph, NewGraph } from '../../../src/search-index/graph.ts';
import { nativeAddon } from '../../../src/search-index/native/addon.ts';
import { NativeGraph } from '../../../src/search-index/native/native-graph.ts';
import { clusteredVectors, rowOf } from '../support/vectors.ts';

const D = 32;
const N = 3_000;
const all = clusteredVectors(N + 100, D);
const vectors = all.subarray(0, N * D);
const rows = Int32Array.from({ length: N }, (_, row) => row);
const shape: NewGraph = { dimensions: D, capacity: N, m: 12, efConstruction: 100, seed: 5, storage: 'float32' };
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quartet-test-native-'));
});
after(() => rm(folder, { recursive: true, force: true }));

async function build(threads: number, overrides: Partial<NewGraph> = {}): Promise<Graph> {
  const graph = NativeGraph.create({ ...shape, ...overrides });
  await graph.addMany(vectors, rows, threads);
  return graph;
}

function recallAt10(graph: Graph, ef: number): number {
  let found = 0;
  for (let at = 0; at < 100; at++) {
    const query = rowOf(all, D, N + at);
    const truth = new Set(exactNearest({ vectors, dimensions: D }, query, 10).rows);
    const hits = graph.search(query, { k: 10, ef, allowed: null, budget: 0 });
    found += hits?.rows.filter((row) => truth.has(row)).length ?? 0;
  }
  return found / 1_000;
}

async function fileOf(graph: Graph, name: string): Promise<Buffer> {
  await graph.write(join(folder, name));
  return await readFile(join(folder, name));
}

test('the addon was compiled here, and is what searches', () => {
  assert.equal(bestEngine(), 'native');
});

test('on one thread the same rows in the same order give the same file, on four as good a graph', async () => {
  const [one, again, four] = [await build(1), await build(1), await build(4)];
  assert.ok((await fileOf(one, 'one')).equals(await fileOf(again, 'again')));
  const recalls = [recallAt10(one, 48), recallAt10(four, 48)];
  assert.ok(
    recalls.every((recall) => recall >= 0.97),
    `recall@10 is ${recalls}`,
  );
  for (let row = 0; row < N; row += 100) assert.deepEqual(four.vector(row), rowOf(vectors, D, row).slice());
});

test('every point of a graph built on many threads can be found', async () => {
  const graph = await build(4);
  let lost = 0;
  for (let row = 0; row < N; row++) {
    const hits = graph.search(rowOf(vectors, D, row), { k: 1, ef: 32, allowed: null, budget: 0 });
    if (hits?.rows[0] !== row) lost++;
  }
  assert.ok(lost <= N / 1_000, `${lost} of ${N} are not found by their own vector`);
});

test('gives a filtered walk up as soon as it will not do within its budget, and no walk that will', async () => {
  const graph = await build(1);
  const query = rowOf(all, D, N);
  const ranked = [...exactNearest({ vectors, dimensions: D }, query, N).rows];
  // No walk compares more than all, so this budget is never spent.
  const asked = { k: 10, ef: 10, budget: N };
  const farthest = RowSet.of(N, ranked.slice(0.9 * N));
  const half = RowSet.of(
    N,
    ranked.filter((_, rank) => rank % 2 === 0),
  );
  assert.equal(graph.search(query, { ...asked, allowed: farthest }), null);
  assert.equal(graph.search(query, { ...asked, allowed: half })?.rows.length, 10);
});

test('gives a filtered walk up once its budget is spent', async () => {
  const graph = await build(1);
  const query = rowOf(all, D, N);
  const allowed = RowSet.of(N, [7, 70, 700]);
  assert.equal(graph.search(query, { k: 3, ef: 10, allowed, budget: 100 }), null);
  const found = graph.search(query, { k: 3, ef: 10, allowed, budget: 0 });
  assert.deepEqual([...(found?.rows ?? [])].sort(), [7, 70, 700]);
});

test('keeps vectors as int8 in a quarter of the space, near enough to rank by', async () => {
  const graph = await build(2, { storage: 'int8' });
  for (let row = 0; row < N; row += 300) {
    const original = rowOf(vectors, D, row);
    for (const [i, value] of graph.vector(row).entries()) assert.ok(Math.abs(value - (original[i] as number)) < 0.005);
  }
  const recall = recallAt10(graph, 100);
  assert.ok(recall > 0.9 && recall < 1, `recall@10 is ${recall}`);
  assert.equal(graph.scans, false);
});

test('refuses a file whose links or labels lead nowhere, and never reads past it', async () => {
  const whole = await fileOf(await build(1), 'whole');
  const pointBytes = (2 * shape.m + 1) * 4 + 4 * D + 8;
  for (const [at, what] of [
    [96, 'number of links'],
    [96 + 4, 'link'],
    [96 + 5 * pointBytes + 8, 'link of another point'],
    [96 + pointBytes - 8, 'label'],
    [52, 'entry'],
  ] as const) {
    const broken = Buffer.from(whole);
    broken.writeUInt32LE(0x7fffffff, at);
    await writeFile(join(folder, 'broken'), broken);
    await assert.rejects(NativeGraph.load(join(folder, 'broken'), shape), Error, what);
  }
  await writeFile(join(folder, 'broken'), whole.subarray(0, whole.length / 2));
  await assert.rejects(NativeGraph.load(join(folder, 'broken'), shape), /corrupted/);
  await NativeGraph.load(join(folder, 'whole'), shape);
});

test('throws at arguments that would make it read or write where it must not', async () => {
  const addon = nativeAddon();
  assert.ok(addon);
  const graph = new addon.NativeGraph(D, false, N, 8, 40, 1);
  graph.add(rowOf(vectors, D, 0), 0);
  const query = rowOf(vectors, D, 0);
  const [ids, scores] = [new Int32Array(5), new Float32Array(5)];
  const words = new Uint32Array(Math.ceil(N / 32));
  const calls: (() => unknown)[] = [
    () => graph.search(query.subarray(1), 5, 10, null, 0, ids, scores),
    () => graph.search(query, 6, 10, null, 0, ids, scores),
    () => graph.search(query, 5, 10, words.subarray(1), 0, ids, scores),
    () => graph.search(query, -1, 10, null, 0, ids, scores),
    () => graph.search(query, 5, Number.NaN, null, 0, ids, scores),
    () => graph.search([...query] as never, 5, 10, null, 0, ids, scores),
    () => graph.search(query, 5, 10, null, 0, scores as never, scores),
    () => graph.search(query, 5, 10, null, 0, undefined as never, scores),
    () => graph.scan(query, 5, null, 0, N, ids, scores),
    () => graph.vector(0, new Float32Array(D - 1)),
    () => graph.add(query, 0),
    () => graph.add(query, -1),
    () => graph.add(query, N),
    () => graph.add(query.subarray(1), 1),
    () => graph.addMany(vectors, rows.subarray(1), 2),
    () => new addon.NativeGraph(D, false).search(query, 5, 10, null, 0, ids, scores),
  ];
  for (const call of calls) assert.throws(call, Error, call.toString());
  const building = graph.addMany(vectors.subarray(D), rows.subarray(1), 2);
  assert.throws(() => graph.search(query, 5, 10, null, 0, ids, scores), /being built/);
  await building;
  await assert.rejects(graph.addMany(query, rows.subarray(0, 1), 1), /more rows/);
  await graph.release();
  assert.throws(() => graph.search(query, 5, 10, null, 0, ids, scores), /released/);
});
