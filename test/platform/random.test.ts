import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../src/platform/random.ts';

test('the generator is xoshiro128**, by its published outputs', () => {
  const random = createRandom(0);
  random.restore(Uint32Array.of(1, 2, 3, 4));
  const published = [
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ];
  assert.deepEqual(
    published.map(() => random.uint32()),
    published,
  );
});

test('one seed gives one sequence, and seeds next to each other unlike ones', () => {
  const draw = (seed: number | bigint) => Array.from({ length: 4 }, createRandom(seed).uint32);
  assert.deepEqual(draw(7), draw(7));
  const firsts = new Set(Array.from({ length: 1000 }, (_, seed) => draw(seed).join()));
  assert.equal(firsts.size, 1000);
  assert.notDeepEqual(draw(1n << 40n), draw(0));
});

test('a restored state goes on as the original does, whatever was drawn', () => {
  const draws = fc.array(fc.constantFrom('next', 'uint32', 'normal', 'int'), { maxLength: 20 });
  fc.assert(
    fc.property(fc.integer(), draws, draws, (seed, before, after) => {
      const original = createRandom(seed);
      const draw = (random: typeof original, kind: string) =>
        kind === 'int' ? random.int(17) : random[kind as 'next' | 'uint32' | 'normal']();
      for (const kind of before) draw(original, kind);
      const copy = createRandom(0);
      copy.restore(original.state());
      for (const kind of after) assert.equal(draw(copy, kind), draw(original, kind));
    }),
  );
});

test('a state that is handed out is a copy', () => {
  const random = createRandom(1);
  const twin = createRandom(1);
  random.state().fill(0);
  assert.equal(random.uint32(), twin.uint32());
});

test('a state of zeros, from which only zeros follow, is refused', () => {
  assert.throws(() => createRandom(1).restore(new Uint32Array(4)), RangeError);
  assert.throws(() => createRandom(1).restore(Uint32Array.of(1, 2, 3)), RangeError);
});

test('numbers have the moments of their distributions', () => {
  const random = createRandom(3);
  const n = 200_000;
  const moments = (draw: () => number) => {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < n; i++) {
      const x = draw();
      sum += x;
      squares += x * x;
    }
    return { mean: sum / n, variance: squares / n - (sum / n) ** 2 };
  };
  // Five standard errors of the mean; of the variance, more than that.
  const uniform = moments(random.next);
  assert.ok(Math.abs(uniform.mean - 0.5) < 0.0033, `mean ${uniform.mean}`);
  assert.ok(Math.abs(uniform.variance - 1 / 12) < 0.002, `variance ${uniform.variance}`);
  const normal = moments(random.normal);
  assert.ok(Math.abs(normal.mean) < 0.0112, `mean ${normal.mean}`);
  assert.ok(Math.abs(normal.variance - 1) < 0.02, `variance ${normal.variance}`);
});

test('integers cover their range evenly', () => {
  const random = createRandom(5);
  // Chi-squared with 6 degrees of freedom: 22.46 is passed by one sample in a thousand.
  const counts = new Array<number>(7).fill(0);
  for (let i = 0; i < 70_000; i++) counts[random.int(7)]!++;
  const chi = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  assert.ok(chi < 22.46, `chi-squared ${chi}`);
});

test('the bounds of integers are kept, and wrong ones refused', () => {
  const random = createRandom(9);
  assert.equal(random.int(1), 0);
  for (let i = 0; i < 100; i++) assert.ok(random.int(2 ** 32) < 2 ** 32);
  for (const n of [0, -1, 1.5, Number.NaN, 2 ** 32 + 1]) assert.throws(() => random.int(n), RangeError);
});

test('shuffling keeps the elements and makes every order', () => {
  const random = createRandom(11);
  const orders = new Map<string, number>();
  for (let i = 0; i < 6_000; i++) {
    const order = random.shuffle(Int32Array.of(1, 2, 3)).join('');
    orders.set(order, (orders.get(order) ?? 0) + 1);
  }
  assert.deepEqual([...orders.keys()].sort(), ['123', '132', '213', '231', '312', '321']);
  for (const [order, count] of orders) assert.ok(Math.abs(count - 1_000) < 150, `${order}: ${count}`);
});
