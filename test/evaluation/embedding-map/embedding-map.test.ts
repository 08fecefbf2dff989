import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neighbourLayout } from '../../../src/evaluation/embedding-map/neighbour-layout.ts';
import { principalAxes } from '../../../src/evaluation/embedding-map/principal-axes.ts';
import { stratifiedSeats } from '../../../src/evaluation/embedding-map/stratified-seats.ts';
import { trustworthiness } from '../../../src/evaluation/embedding-map/trustworthiness.ts';
import { createRandom } from '../../../src/platform/random.ts';

/** Unit rows around so many centres, row i near centre i modulo their number. */
function clusters(count: number, dimensions: number, centres: number, spread: number, seed = 1): Float32Array {
  const random = createRandom(seed);
  const middle = Float32Array.from({ length: centres * dimensions }, () => random.normal());
  const rows = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row++) {
    const values = Float32Array.from({ length: dimensions }, (_, d) => {
      return (middle[(row % centres) * dimensions + d] as number) + spread * random.normal();
    });
    const norm = Math.hypot(...values);
    rows.set(
      values.map((value) => value / norm),
      row * dimensions,
    );
  }
  return rows;
}

/** The exact neighbours of each row, itself first, by sorting all distances. */
function neighboursOf(rows: Float32Array, dimensions: number, k: number) {
  const n = rows.length / dimensions;
  const vector = (row: number) => rows.subarray(row * dimensions, (row + 1) * dimensions);
  const distance = (a: number, b: number) => Math.hypot(...vector(a).map((x, d) => x - (vector(b)[d] as number)));
  const neighbours: number[][] = [];
  const distances: number[][] = [];
  for (let row = 0; row < n; row++) {
    const away = Array.from({ length: n }, (_, other) => distance(row, other));
    const nearest = [...away.keys()].sort((a, b) => (away[a] as number) - (away[b] as number)).slice(0, k);
    neighbours.push(nearest);
    distances.push(nearest.map((other) => away[other] as number));
  }
  return { neighbours, distances };
}

test('principal axes of an ellipse are its own, with the shares of variance that it was made with', () => {
  // Along (3, 4, 0) / 5 with deviation 2, along (0, 0, 1) with deviation 1, around (1, 2, 3): in closed form 0.8 and 0.2.
  const values = new Float32Array(3 * 400);
  for (let at = 0; at < 400; at++) {
    const angle = (2 * Math.PI * at) / 400;
    const [long, short] = [2 * Math.cos(angle), Math.sin(angle)];
    values.set([1 + 0.6 * long, 2 + 0.8 * long, 3 + short], 3 * at);
  }
  const { coordinates, explainedVariance } = principalAxes({ values, dimensions: 3 });
  assert.ok(Math.abs(explainedVariance[0] - 0.8) < 1e-6 && Math.abs(explainedVariance[1] - 0.2) < 1e-6);
  for (const at of [0, 37, 200, 399]) {
    const angle = (2 * Math.PI * at) / 400;
    assert.ok(Math.abs((coordinates[2 * at] as number) - 2 * Math.cos(angle)) < 1e-5);
    assert.ok(Math.abs((coordinates[2 * at + 1] as number) - Math.sin(angle)) < 1e-5);
  }
});

test('principal axes agree with power iteration and deflation', () => {
  const D = 12;
  const values = clusters(300, D, 4, 0.5);
  const { coordinates, explainedVariance } = principalAxes({ values, dimensions: D });
  const mean = Array.from(
    { length: D },
    (_, d) => values.reduce((sum, v, at) => sum + (at % D === d ? v : 0), 0) / 300,
  );
  const rest = Array.from({ length: 300 }, (_, row) => mean.map((m, d) => (values[row * D + d] as number) - m));
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, v, d) => sum + v * (b[d] as number), 0);
  const total = rest.reduce((sum, row) => sum + dot(row, row), 0);
  for (const axis of [0, 1]) {
    let direction = Array.from({ length: D }, (_, d) => 1 / (d + 1));
    for (let round = 0; round < 300; round++) {
      const next = new Array<number>(D).fill(0);
      for (const row of rest)
        for (const [d, v] of row.entries()) next[d] = (next[d] as number) + v * dot(row, direction);
      direction = next.map((v) => v / Math.hypot(...next));
    }
    const along = rest.map((row) => dot(row, direction));
    const share = along.reduce((sum, v) => sum + v * v, 0) / total;
    assert.ok(Math.abs(share - (explainedVariance[axis] as number)) < 1e-6, `axis ${axis}: ${share}`);
    const sign = Math.sign((along[0] as number) * (coordinates[axis] as number));
    for (const [row, v] of along.entries()) {
      assert.ok(Math.abs(v * sign - (coordinates[2 * row + axis] as number)) < 1e-4, `axis ${axis} of row ${row}`);
    }
    for (const [row, v] of rest.entries())
      rest[row] = v.map((x, d) => x - (along[row] as number) * (direction[d] as number));
  }
});

test('principal axes of rows that do not vary, or of one dimension, are flat', () => {
  const same = principalAxes({ values: new Float32Array(30).fill(0.5), dimensions: 3 });
  assert.deepEqual([...same.explainedVariance], [0, 0]);
  assert.ok(same.coordinates.every((value) => Math.abs(value) < 1e-6));
  const line = principalAxes({ values: Float32Array.of(-1, 1, 1), dimensions: 1 });
  assert.deepEqual([...line.explainedVariance], [1, 0]);
  assert.deepEqual([line.coordinates[1], line.coordinates[3]], [0, 0]);
});

test('a layout keeps clusters apart, is the same for the same seed, and can be ended', async () => {
  const [count, D, centres] = [120, 16, 6];
  const values = clusters(count, D, centres, 0.3);
  const found = neighboursOf(values, D, 10);
  const { coordinates: start } = principalAxes({ values, dimensions: D });
  const laid = (seed: number, onEpoch = async () => {}) =>
    neighbourLayout({ ...found, start, minDistance: 0.1, random: createRandom(seed).next }, onEpoch);
  const map = await laid(1);
  const points = Array.from({ length: count }, (_, at) => [map[2 * at] as number, map[2 * at + 1] as number] as const);
  let pure = 0;
  for (const [at, [x, y]] of points.entries()) {
    const away = points.map(([a, b], other) => (other === at ? Infinity : Math.hypot(a - x, b - y)));
    const nearest = [...away.keys()].sort((a, b) => (away[a] as number) - (away[b] as number)).slice(0, 10);
    pure += nearest.filter((other) => other % centres === at % centres).length / 10;
  }
  assert.ok(pure / count > 0.97, `label purity of 10 neighbours ${pure / count}`);
  assert.deepEqual(await laid(1), map);
  assert.notDeepEqual(await laid(2), map);
  const looked = Int32Array.from({ length: count }, (_, at) => at);
  const quality = trustworthiness({ values, dimensions: D }, map, { looked, k: 12 });
  assert.ok(quality > 0.9, `trustworthiness ${quality}`);
  let epochs = 0;
  const ended = laid(1, async () => {
    if (++epochs === 3) throw new Error('ended');
  });
  await assert.rejects(ended, /ended/);
  assert.equal(epochs, 3);
});

test('trustworthiness is 1 for the truth itself, about half for chance, and the formula in between', () => {
  const n = 200;
  const angles = Array.from({ length: n }, (_, at) => (at / n) ** 1.3 * Math.PI);
  const values = Float32Array.from(angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]));
  const rows = { values, dimensions: 2 };
  const looked = Int32Array.from({ length: n }, (_, at) => at);
  assert.equal(trustworthiness(rows, values, { looked, k: 5 }), 1);
  const random = createRandom(3);
  const chance = Float32Array.from({ length: 2 * n }, () => random.next());
  const measured = trustworthiness(rows, chance, { looked, k: 5 });
  assert.ok(Math.abs(measured - 0.5) < 0.06, String(measured));
  // Naive twin: both rankings sorted whole.
  const k = 5;
  const order = (of: Float32Array, i: number) =>
    Array.from(looked)
      .filter((j) => j !== i)
      .map((j) => ({
        j,
        d:
          ((of[2 * j] as number) - (of[2 * i] as number)) ** 2 +
          ((of[2 * j + 1] as number) - (of[2 * i + 1] as number)) ** 2,
      }))
      .sort((a, b) => a.d - b.d)
      .map(({ j }) => j);
  const bent = chance.map((value, at) => 0.1 * value + (values[at] as number));
  let excess = 0;
  for (const i of looked) {
    const truth = order(values, i);
    for (const j of order(bent, i).slice(0, k)) excess += Math.max(0, truth.indexOf(j) + 1 - k);
  }
  const expected = 1 - (2 * excess) / (n * k * (2 * n - 3 * k - 1));
  const own = trustworthiness(rows, bent, { looked, k });
  assert.ok(expected > 0.7 && expected < 1 && Math.abs(own - expected) < 0.01, `${own}, not ${expected}`);
  // A part of the points tells about the same.
  const part = trustworthiness(rows, bent, { looked: looked.filter((i) => i % 2 === 0), k });
  assert.ok(Math.abs(part - own) < 0.03, `${part}, not ${own}`);
});

test('a stratified sample has one of each stratum at least, the rest in proportion, and is as large as asked', () => {
  assert.deepEqual(stratifiedSeats([97, 2, 1], 10), [8, 1, 1]);
  assert.deepEqual(stratifiedSeats([50, 30, 20], 10), [5, 3, 2]);
  assert.deepEqual(stratifiedSeats([1, 1, 1], 3), [1, 1, 1]);
  assert.equal(stratifiedSeats([5, 5, 5], 2), null);
  const random = createRandom(3);
  for (let round = 0; round < 200; round++) {
    const counts = Array.from({ length: 1 + random.int(20) }, () => 1 + random.int(50));
    const all = counts.reduce((sum, count) => sum + count, 0);
    const sample = counts.length + random.int(all - counts.length + 1);
    const seats = stratifiedSeats(counts, sample) ?? assert.fail();
    assert.equal(
      seats.reduce((sum, seat) => sum + seat, 0),
      sample,
    );
    for (const [at, seat] of seats.entries()) assert.ok(seat >= 1 && seat <= (counts[at] as number));
  }
});
