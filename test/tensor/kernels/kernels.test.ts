import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createKernels } from '../../../src/tensor/kernels/kernels.ts';
import * as plain from '../../../src/tensor/kernels/plain.ts';

const ROWS = 11;
const finite = fc.double({ min: -2, max: 2, noNaN: true }).map(Math.fround);

/** Random bags over a small table; widths with and without a tail of four, bags with none to nine entries. */
const bagsAndTable = fc
  .record({
    width: fc.constantFrom(8, 16, 40),
    lengths: fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 6 }),
  })
  .chain(({ width, lengths }) => {
    const entries = lengths.reduce((sum, n) => sum + n, 0);
    return fc.record({
      width: fc.constant(width),
      offsets: fc.constant(Int32Array.from([0, ...lengths.map((_, i) => sum(lengths.slice(0, i + 1)))])),
      ids: fc
        .array(fc.nat({ max: ROWS - 1 }), { minLength: entries, maxLength: entries })
        .map((a) => Int32Array.from(a)),
      weights: floats(entries),
      table: floats(ROWS * width),
      upstream: floats(lengths.length * width),
    });
  });

function sum(values: readonly number[]): number {
  return values.reduce((total, n) => total + n, 0);
}
function floats(length: number): fc.Arbitrary<Float32Array> {
  return fc.array(finite, { minLength: length, maxLength: length }).map((a) => Float32Array.from(a));
}
function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5): void {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    const scale = Math.max(1, Math.abs(expected[i]!));
    assert.ok(
      Math.abs(actual[i]! - expected[i]!) <= tolerance * scale,
      `element ${i}: ${actual[i]} is not ${expected[i]}`,
    );
  }
}

/** Puts arrays into a fresh instance's memory. */
function load() {
  const kernels = createKernels();
  const { memory } = kernels;
  return {
    kernels,
    put(values: Float32Array | Int32Array) {
      const pointer = memory.allocate(values.byteLength);
      if (values instanceof Float32Array) memory.float32(pointer, values.length).set(values);
      else memory.int32(pointer, values.length).set(values);
      return pointer;
    },
    floats: (pointer: number, length: number) => memory.float32(pointer, length),
    ints: (pointer: number, length: number) => memory.int32(pointer, length),
    block: (bytes: number) => memory.allocate(bytes),
  };
}

test('pools bags as the plain twin does', () => {
  fc.assert(
    fc.property(bagsAndTable, ({ width, offsets, ids, weights, table }) => {
      const { kernels, put, block, floats } = load();
      const bags = offsets.length - 1;
      const out = block(bags * width * 4);
      kernels.bagForward(put(table), put(ids), put(weights), put(offsets), out, bags, width);
      assertClose(floats(out, bags * width), plain.bagForward(table, { ids, weights, offsets }, width));
    }),
    { numRuns: 50 },
  );
});

test('turns bags into touched rows and leaves the slots clear, twice in a row', () => {
  fc.assert(
    fc.property(bagsAndTable, ({ offsets, ids, weights }) => {
      const { kernels, put, block, floats, ints } = load();
      const bags = offsets.length - 1;
      const n = ids.length;
      const expected = plain.transposeBags({ ids, weights, offsets });
      const slots = block(ROWS * 4);
      const [rows, rowOffsets, entryBags, entryWeights] = [block(n * 4), block(n * 4 + 4), block(n * 4), block(n * 4)];
      const inputs = [put(ids), put(weights), put(offsets), bags] as const;
      for (let round = 0; round < 2; round++) {
        const touched = kernels.transposeBags(...inputs, slots, rows, rowOffsets, entryBags, entryWeights);
        assert.deepEqual(ints(rows, touched), expected.rows);
        assert.deepEqual(ints(rowOffsets, touched + 1), expected.rowOffsets);
        assert.deepEqual(ints(entryBags, n), expected.entryBags);
        assertClose(floats(entryWeights, n), expected.entryWeights);
        assert.ok(ints(slots, ROWS).every((slot) => slot === 0));
      }
    }),
    { numRuns: 50 },
  );
});

test('scatters gradients and steps Adam as the plain twins do, over several steps', () => {
  fc.assert(
    fc.property(
      bagsAndTable,
      fc.integer({ min: 1, max: 4 }),
      ({ width, offsets, ids, weights, table, upstream }, rounds) => {
        const { kernels, put, block, floats, ints } = load();
        const bags = offsets.length - 1;
        const n = ids.length;
        const settings = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0.001 };
        const state = {
          table: Float64Array.from(table),
          first: new Float64Array(table.length),
          second: new Float64Array(table.length),
          steps: new Int32Array(ROWS),
        };
        const transposed = plain.transposeBags({ ids, weights, offsets });
        const gradients = plain.bagBackward(upstream, transposed, width);
        const corrections = Float32Array.from(
          { length: 8 },
          (_, i) => 1 / (1 - (i % 2 === 0 ? 0.9 : 0.999) ** ((i >> 1) + 1)),
        );

        const [tableAt, first, second, steps] = [
          put(table),
          block(table.byteLength),
          block(table.byteLength),
          block(ROWS * 4),
        ];
        const [rows, rowOffsets, entryBags, entryWeights] = [
          block(n * 4),
          block(n * 4 + 4),
          block(n * 4),
          block(n * 4),
        ];
        const touched = kernels.transposeBags(
          put(ids),
          put(weights),
          put(offsets),
          bags,
          block(ROWS * 4),
          rows,
          rowOffsets,
          entryBags,
          entryWeights,
        );
        const buffer = block(touched * width * 4);
        kernels.bagBackward(put(upstream), rowOffsets, entryBags, entryWeights, buffer, 0, touched, width);
        assertClose(floats(buffer, touched * width), gradients);
        const correctionsAt = put(corrections);
        for (let round = 0; round < rounds; round++) {
          const { learningRate, beta1, beta2, epsilon, decay } = settings;
          const squares = kernels.lazyAdam(
            tableAt,
            first,
            second,
            steps,
            rows,
            buffer,
            0,
            touched,
            width,
            learningRate,
            beta1,
            beta2,
            epsilon,
            decay,
            correctionsAt,
            4,
          );
          const expected = plain.lazyAdam(state, transposed.rows, Float32Array.from(gradients), width, settings);
          assertClose([squares], [expected], 1e-4);
        }
        assert.deepEqual(ints(steps, ROWS), state.steps);
        assertClose(floats(first, table.length), state.first, 1e-4);
        assertClose(floats(second, table.length), state.second, 1e-4);
        // Where the gradient is around Adam's epsilon its step is ill-conditioned in float32.
        const far = plainlyConditioned(state.second);
        assertClose(
          floats(tableAt, table.length).filter((_, i) => far[i]),
          state.table.filter((_, i) => far[i]),
          1e-3,
        );
      },
    ),
    { numRuns: 50 },
  );
});

function plainlyConditioned(second: Float64Array): boolean[] {
  return Array.from(second, (v) => v === 0 || v > 1e-10);
}

test('moves rows of a copy towards a table, each by its own share, as the plain twin does', () => {
  fc.assert(
    fc.property(bagsAndTable, ({ width, table }) => {
      const { kernels, put, floats } = load();
      const copy = table.map((_, i) => Math.fround(Math.sin(i)));
      const rows = Int32Array.of(7, 0, 10);
      const shares = Float32Array.of(1, 0.25, 0.001);
      const copyAt = put(copy);
      kernels.moveRows(copyAt, put(table), put(rows), put(shares), rows.length, width);
      const expected = Float64Array.from(copy);
      plain.moveRows(expected, table, rows, shares, width);
      assertClose(floats(copyAt, copy.length), expected);
    }),
    { numRuns: 50 },
  );
});

test('normalises rows, gives empty rows the fallback, and passes them no gradient', () => {
  fc.assert(
    fc.property(bagsAndTable, ({ width, upstream }) => {
      const { kernels, put, block, floats } = load();
      const x = Float32Array.from([...upstream, ...new Float32Array(width)]);
      const bags = x.length / width;
      const fallback = new Float32Array(width).fill(1 / Math.sqrt(width));
      const { y, inverse } = plain.normaliseForward(x, fallback, width);
      const [at, inverseAt] = [put(x), block(bags * 4)];
      kernels.normaliseForward(at, inverseAt, put(fallback), bags, width);
      if (inverse.some((v) => v > 1e6)) return;
      assertClose(floats(at, x.length), y);
      assertClose(floats(inverseAt, bags), inverse);
      assert.equal(floats(inverseAt, bags)[bags - 1], 0);
      const gradient = Float32Array.from(x, (_, i) => Math.fround(Math.sin(i)));
      const gradientAt = put(gradient);
      kernels.normaliseBackward(at, inverseAt, gradientAt, bags, width);
      // A gradient is inversely proportional to its row's length: measured in that unit, rounding is alike for all rows.
      const perUnit = (values: ArrayLike<number>) =>
        Float64Array.from(values, (v, i) => v / (inverse[Math.floor(i / width)] || 1));
      const expected = plain.normaliseBackward(y, inverse, gradient, width);
      assertClose(perUnit(floats(gradientAt, x.length)), perUnit(expected), 1e-5);
    }),
    { numRuns: 50 },
  );
});

test('the plain twins have the derivative that finite differences show', () => {
  const width = 8;
  const offsets = Int32Array.from([0, 3, 5]);
  const ids = Int32Array.from([0, 2, 1, 2, 3]);
  const weights = Float64Array.from([1, 0.5, 2, 0.7, 1.3]);
  const table = Float64Array.from({ length: 4 * width }, (_, i) => Math.sin(i * 1.7));
  const direction = Float64Array.from({ length: 2 * width }, (_, i) => Math.cos(i * 0.9));
  const fallback = new Float64Array(width);
  const loss = (values: Float64Array) => {
    const { y } = plain.normaliseForward(plain.bagForward(values, { ids, weights, offsets }, width), fallback, width);
    return y.reduce((total, v, i) => total + v * direction[i]!, 0);
  };
  const { y, inverse } = plain.normaliseForward(
    plain.bagForward(table, { ids, weights, offsets }, width),
    fallback,
    width,
  );
  const transposed = plain.transposeBags({ ids, weights, offsets });
  const gradients = plain.bagBackward(plain.normaliseBackward(y, inverse, direction, width), transposed, width);
  transposed.rows.forEach((row, u) => {
    for (let d = 0; d < width; d++) {
      const step = 1e-6;
      const [up, down] = [table.slice(), table.slice()];
      up[row * width + d]! += step;
      down[row * width + d]! -= step;
      const numeric = (loss(up) - loss(down)) / (2 * step);
      assert.ok(Math.abs(numeric - gradients[u * width + d]!) < 1e-8, `row ${row}, dimension ${d}`);
    }
  });
});

test('a memory beyond 4 GiB is refused with its size and a remedy', () => {
  const { memory } = createKernels();
  assert.throws(() => memory.allocate(5 * 2 ** 30), { code: 'BAD_INPUT', message: /need 5\.0 GiB.*fewer dimensions/ });
  assert.ok(memory.allocate(64) > 0);
});
