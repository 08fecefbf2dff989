// The numeric kernels of static encoders, in AssemblyScript with 128-bit SIMD. `kernels.ts` is the TypeScript door,
// `plain.ts` the slow twin that the tests hold against it. Rebuild with `npm run -s build:kernels`.
//
// Letters: V table rows, D width (a multiple of 8), B bags, N entries (one token of one bag), U touched rows.
// All pointers are byte addresses into the one imported memory; float arrays are 16-byte aligned.

/** out[b] = sum over entries j of bag b of weights[j] * table[ids[j]]. Shapes: table [V, D], offsets [B + 1], out [B, D]. */
export function bagForward(table: usize, ids: usize, weights: usize, offsets: usize, out: usize, bags: i32, width: i32): void {
  const rowBytes = <usize>width << 2;
  for (let b = 0; b < bags; b++) {
    const from = load<i32>(offsets + (<usize>b << 2));
    const to = load<i32>(offsets + (<usize>b << 2), 4);
    accumulate(out + <usize>b * rowBytes, table, ids, weights, from, to, rowBytes);
  }
}

/** target = sum of weights[j] * rows[ids[j]] for j in [from, to): four rows a pass, so that target is read and written once for four. */
// @ts-ignore: decorator
@inline
function accumulate(target: usize, rows: usize, ids: usize, weights: usize, from: i32, to: i32, rowBytes: usize): void {
  memory.fill(target, 0, rowBytes);
  let j = from;
  for (; j + 4 <= to; j += 4) {
    const at = <usize>j << 2;
    const r0 = rows + <usize>load<u32>(ids + at) * rowBytes;
    const r1 = rows + <usize>load<u32>(ids + at, 4) * rowBytes;
    const r2 = rows + <usize>load<u32>(ids + at, 8) * rowBytes;
    const r3 = rows + <usize>load<u32>(ids + at, 12) * rowBytes;
    const w0 = v128.load32_splat(weights + at);
    const w1 = v128.load32_splat(weights + at, 4);
    const w2 = v128.load32_splat(weights + at, 8);
    const w3 = v128.load32_splat(weights + at, 12);
    for (let d: usize = 0; d < rowBytes; d += 32) {
      const a = f32x4.add(
        f32x4.add(f32x4.mul(w0, v128.load(r0 + d)), f32x4.mul(w1, v128.load(r1 + d))),
        f32x4.add(f32x4.mul(w2, v128.load(r2 + d)), f32x4.mul(w3, v128.load(r3 + d))),
      );
      const b = f32x4.add(
        f32x4.add(f32x4.mul(w0, v128.load(r0 + d, 16)), f32x4.mul(w1, v128.load(r1 + d, 16))),
        f32x4.add(f32x4.mul(w2, v128.load(r2 + d, 16)), f32x4.mul(w3, v128.load(r3 + d, 16))),
      );
      v128.store(target + d, f32x4.add(v128.load(target + d), a));
      v128.store(target + d, f32x4.add(v128.load(target + d, 16), b), 16);
    }
  }
  for (; j < to; j++) {
    const at = <usize>j << 2;
    const row = rows + <usize>load<u32>(ids + at) * rowBytes;
    const w = v128.load32_splat(weights + at);
    for (let d: usize = 0; d < rowBytes; d += 16) {
      v128.store(target + d, f32x4.add(v128.load(target + d), f32x4.mul(w, v128.load(row + d))));
    }
  }
}

/**
 * Turns bags -> ids into touched rows -> bags by a counting sort. `slots` [V] must be zero and is zero again afterwards.
 * Writes rows [U] in the order of first touch, rowOffsets [U + 1], entryBags [N] (ascending within a row), entryWeights [N]. Returns U.
 */
export function transposeBags(
  ids: usize, weights: usize, offsets: usize, bags: i32, slots: usize,
  rows: usize, rowOffsets: usize, entryBags: usize, entryWeights: usize,
): i32 {
  let touched = 0;
  const entries = load<i32>(offsets + (<usize>bags << 2));
  // rowOffsets[slot] first counts; slots hold slot + 1.
  for (let j = 0; j < entries; j++) {
    const id = load<u32>(ids + (<usize>j << 2));
    let slot = load<i32>(slots + (<usize>id << 2));
    if (slot == 0) {
      store<u32>(rows + (<usize>touched << 2), id);
      store<i32>(rowOffsets + (<usize>touched << 2), 0);
      slot = ++touched;
      store<i32>(slots + (<usize>id << 2), slot);
    }
    const count = rowOffsets + (<usize>(slot - 1) << 2);
    store<i32>(count, load<i32>(count) + 1);
  }
  let sum = 0;
  for (let u = 0; u < touched; u++) {
    const at = rowOffsets + (<usize>u << 2);
    const count = load<i32>(at);
    store<i32>(at, sum);
    sum += count;
  }
  for (let b = 0; b < bags; b++) {
    const from = load<i32>(offsets + (<usize>b << 2));
    const to = load<i32>(offsets + (<usize>b << 2), 4);
    for (let j = from; j < to; j++) {
      const id = load<u32>(ids + (<usize>j << 2));
      const at = rowOffsets + (<usize>(load<i32>(slots + (<usize>id << 2)) - 1) << 2);
      const place = load<i32>(at);
      store<i32>(at, place + 1);
      store<i32>(entryBags + (<usize>place << 2), b);
      store<f32>(entryWeights + (<usize>place << 2), load<f32>(weights + (<usize>j << 2)));
    }
  }
  // Every offset has moved to its row's end: shift by one, and clear the slots.
  for (let u = touched; u > 0; u--) {
    store<i32>(rowOffsets + (<usize>u << 2), load<i32>(rowOffsets + (<usize>(u - 1) << 2)));
    store<i32>(slots + (<usize>load<u32>(rows + (<usize>(u - 1) << 2)) << 2), 0);
  }
  store<i32>(rowOffsets, 0);
  return touched;
}

/** gradients[u] = sum over entries j of row u of entryWeights[j] * upstream[entryBags[j]], for u in [from, to). upstream [B, D], gradients [to - from, D]. */
export function bagBackward(
  upstream: usize, rowOffsets: usize, entryBags: usize, entryWeights: usize, gradients: usize, from: i32, to: i32, width: i32,
): void {
  const rowBytes = <usize>width << 2;
  for (let u = from; u < to; u++) {
    const first = load<i32>(rowOffsets + (<usize>u << 2));
    const last = load<i32>(rowOffsets + (<usize>u << 2), 4);
    accumulate(gradients + <usize>(u - from) * rowBytes, upstream, entryBags, entryWeights, first, last, rowBytes);
  }
}

/**
 * Adam (Kingma & Ba 2015, algorithm 1) on the rows rows[from..to) only; gradients [to - from, D]. steps [V] counts the updates of each
 * row, and the bias correction uses the row's own count, read from corrections: pairs (1 / (1 - b1^t), 1 / (1 - b2^t)), t capped at
 * correctionCount. Weights decay by `decay` (learning rate times weight decay, decoupled) on touched rows. Returns the sum of the gradients' squares.
 */
export function lazyAdam(
  table: usize, first: usize, second: usize, steps: usize, rows: usize, gradients: usize, from: i32, to: i32, width: i32,
  learningRate: f32, beta1: f32, beta2: f32, epsilon: f32, decay: f32, corrections: usize, correctionCount: i32,
): f64 {
  const rowBytes = <usize>width << 2;
  const b1 = f32x4.splat(beta1);
  const b2 = f32x4.splat(beta2);
  const c1 = f32x4.splat(1 - beta1);
  const c2 = f32x4.splat(1 - beta2);
  const eps = f32x4.splat(epsilon);
  const keep = f32x4.splat(1 - decay);
  let total: f64 = 0;
  for (let u = from; u < to; u++) {
    const id = <usize>load<u32>(rows + (<usize>u << 2));
    const step = load<i32>(steps + (id << 2)) + 1;
    store<i32>(steps + (id << 2), step);
    const t = <usize>(min(step, correctionCount) - 1) << 3;
    const rate = f32x4.splat(learningRate * load<f32>(corrections + t));
    const fix = v128.load32_splat(corrections + t, 4);
    const w = table + id * rowBytes;
    const m = first + id * rowBytes;
    const v = second + id * rowBytes;
    const g = gradients + <usize>(u - from) * rowBytes;
    let square = f32x4.splat(0);
    for (let d: usize = 0; d < rowBytes; d += 16) {
      const x = v128.load(g + d);
      const xx = f32x4.mul(x, x);
      square = f32x4.add(square, xx);
      const m1 = f32x4.add(f32x4.mul(b1, v128.load(m + d)), f32x4.mul(c1, x));
      const v1 = f32x4.add(f32x4.mul(b2, v128.load(v + d)), f32x4.mul(c2, xx));
      v128.store(m + d, m1);
      v128.store(v + d, v1);
      const step4 = f32x4.div(f32x4.mul(rate, m1), f32x4.add(f32x4.sqrt(f32x4.mul(v1, fix)), eps));
      v128.store(w + d, f32x4.sub(f32x4.mul(keep, v128.load(w + d)), step4));
    }
    total += <f64>f32x4.extract_lane(square, 0) + <f64>f32x4.extract_lane(square, 1) + <f64>f32x4.extract_lane(square, 2) + <f64>f32x4.extract_lane(square, 3);
  }
  return total;
}

// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize, rowBytes: usize): f32 {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  for (let d: usize = 0; d < rowBytes; d += 32) {
    s0 = f32x4.add(s0, f32x4.mul(v128.load(a + d), v128.load(b + d)));
    s1 = f32x4.add(s1, f32x4.mul(v128.load(a + d, 16), v128.load(b + d, 16)));
  }
  const s = f32x4.add(s0, s1);
  return f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 1) + (f32x4.extract_lane(s, 2) + f32x4.extract_lane(s, 3));
}

/** Makes each row of x [B, D] unit length in place and stores the reciprocal norms [B]. A row shorter than 1e-12 becomes `fallback` [D] with reciprocal norm 0. */
export function normaliseForward(x: usize, inverse: usize, fallback: usize, bags: i32, width: i32): void {
  const rowBytes = <usize>width << 2;
  for (let b = 0; b < bags; b++) {
    const row = x + <usize>b * rowBytes;
    const norm = sqrt<f32>(dot(row, row, rowBytes));
    if (!(norm > 1e-12)) {
      memory.copy(row, fallback, rowBytes);
      store<f32>(inverse + (<usize>b << 2), 0);
      continue;
    }
    const scale: f32 = 1 / norm;
    store<f32>(inverse + (<usize>b << 2), scale);
    const s = f32x4.splat(scale);
    for (let d: usize = 0; d < rowBytes; d += 16) v128.store(row + d, f32x4.mul(s, v128.load(row + d)));
  }
}

/** gradient [B, D] in place: dL/dy -> dL/dx = inverse * (dL/dy - y (y . dL/dy)), y [B, D] being the unit rows. */
export function normaliseBackward(y: usize, inverse: usize, gradient: usize, bags: i32, width: i32): void {
  const rowBytes = <usize>width << 2;
  for (let b = 0; b < bags; b++) {
    const row = y + <usize>b * rowBytes;
    const g = gradient + <usize>b * rowBytes;
    const along = f32x4.splat(dot(row, g, rowBytes));
    const s = v128.load32_splat(inverse + (<usize>b << 2));
    for (let d: usize = 0; d < rowBytes; d += 16) {
      v128.store(g + d, f32x4.mul(s, f32x4.sub(v128.load(g + d), f32x4.mul(along, v128.load(row + d)))));
    }
  }
}

/** copy[row] += shares[u] * (table[row] - copy[row]) for each row = rows[u], u < count: the moving average of some rows, each by its own share. */
export function moveRows(copy: usize, table: usize, rows: usize, shares: usize, count: i32, width: i32): void {
  const rowBytes = <usize>width << 2;
  for (let u = 0; u < count; u++) {
    const start = <usize>load<u32>(rows + (<usize>u << 2)) * rowBytes;
    const share = v128.load32_splat(shares + (<usize>u << 2));
    const v = copy + start;
    const w = table + start;
    for (let d: usize = 0; d < rowBytes; d += 16) {
      const old = v128.load(v + d);
      v128.store(v + d, f32x4.add(old, f32x4.mul(share, f32x4.sub(v128.load(w + d), old))));
    }
  }
}

/**
 * SGD with momentum on the touched rows, in place; the velocity of other rows rests. velocity = momentum velocity + g,
 * row = (1 - decay) row - learningRate velocity. Returns the sum of the gradients' squares.
 */
export function lazyMomentum(
  table: usize, velocity: usize, rows: usize, gradients: usize, from: i32, to: i32, width: i32,
  learningRate: f32, momentum: f32, decay: f32,
): f64 {
  const rowBytes = <usize>width << 2;
  let total: f64 = 0;
  for (let u = from; u < to; u++) {
    const id = <usize>load<u32>(rows + (<usize>u << 2));
    const g = gradients + <usize>(u - from) * rowBytes;
    total += sumOfSquares(g, width);
    momentumStep(table + id * rowBytes, velocity + id * rowBytes, g, width, 1, learningRate, momentum, decay);
  }
  return total;
}

/** x . x for n floats, n a multiple of 4. */
export function sumOfSquares(x: usize, n: i32): f64 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  const bytes = <usize>n << 2;
  for (let d: usize = 0; d < bytes; d += 16) {
    const v = v128.load(x + d);
    const a = f64x2.promote_low_f32x4(v);
    const b = f64x2.promote_low_f32x4(i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  const sum = f64x2.add(low, high);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** SGD with momentum on n parameters, n a multiple of 4, with the gradient times `scale`; in place. */
export function momentumStep(
  parameters: usize, velocity: usize, gradients: usize, n: i32, scale: f32, learningRate: f32, momentum: f32, decay: f32,
): void {
  const s = f32x4.splat(scale);
  const lr = f32x4.splat(learningRate);
  const mu = f32x4.splat(momentum);
  const keep = f32x4.splat(1 - decay);
  const bytes = <usize>n << 2;
  for (let d: usize = 0; d < bytes; d += 16) {
    const v = f32x4.add(f32x4.mul(mu, v128.load(velocity + d)), f32x4.mul(s, v128.load(gradients + d)));
    v128.store(velocity + d, v);
    v128.store(parameters + d, f32x4.sub(f32x4.mul(keep, v128.load(parameters + d)), f32x4.mul(lr, v)));
  }
}

/**
 * AdamW on n parameters, n a multiple of 4, with the gradient times `scale`; in place. `meanFix` and `varianceFix` are the bias
 * corrections 1 / (1 - beta^t) of this step, `decay` is learning rate times weight decay.
 */
export function adamStep(
  parameters: usize, first: usize, second: usize, gradients: usize, n: i32, scale: f32, learningRate: f32,
  beta1: f32, beta2: f32, epsilon: f32, meanFix: f32, varianceFix: f32, decay: f32,
): void {
  const s = f32x4.splat(scale);
  const b1 = f32x4.splat(beta1);
  const b2 = f32x4.splat(beta2);
  const c1 = f32x4.splat(1 - beta1);
  const c2 = f32x4.splat(1 - beta2);
  const eps = f32x4.splat(epsilon);
  const rate = f32x4.splat(learningRate * meanFix);
  const fix = f32x4.splat(varianceFix);
  const keep = f32x4.splat(1 - decay);
  const bytes = <usize>n << 2;
  for (let d: usize = 0; d < bytes; d += 16) {
    const g = f32x4.mul(s, v128.load(gradients + d));
    const m = f32x4.add(f32x4.mul(b1, v128.load(first + d)), f32x4.mul(c1, g));
    const v = f32x4.add(f32x4.mul(b2, v128.load(second + d)), f32x4.mul(c2, f32x4.mul(g, g)));
    v128.store(first + d, m);
    v128.store(second + d, v);
    const step = f32x4.div(f32x4.mul(rate, m), f32x4.add(f32x4.sqrt(f32x4.mul(v, fix)), eps));
    v128.store(parameters + d, f32x4.sub(f32x4.mul(keep, v128.load(parameters + d)), step));
  }
}
