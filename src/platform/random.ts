/**
 * Seeded random numbers whose whole state is four 32-bit words, so that a checkpoint can hold it and a resumed run draws
 * what the uninterrupted one would have drawn. The generator is xoshiro128** (Blackman and Vigna, "Scrambled linear
 * pseudorandom number generators", 2021), seeded by SplitMix32. Not for secrets.
 */
export interface Random {
  /** Uniform in [0, 1), 53 random bits. */
  next(): number;
  /** Uniform 32-bit unsigned integer. */
  uint32(): number;
  /** Uniform integer in [0, n), without bias. @throws RangeError unless 1 <= n <= 2^32 */
  int(n: number): number;
  /** Standard normal (mean 0, variance 1). */
  normal(): number;
  /** Shuffles in place (Fisher-Yates) and returns the same array. */
  shuffle<T extends { length: number; [index: number]: unknown }>(values: T): T;
  /** A copy of the state, 4 words. */
  state(): Uint32Array;
  /** Goes on from a state that `state()` gave. @throws RangeError unless it has 4 words, not all zero */
  restore(state: Uint32Array): void;
}

/** @param seed any integer; its low 64 bits count, and -1 and 2^64-1 are the same seed */
export function createRandom(seed: number | bigint): Random {
  const words = expandSeed(seed);

  function uint32(): number {
    // One by one: taking the array apart in one go costs more than all the rest.
    const s0 = words[0]!;
    const s1 = words[1]!;
    const s2 = words[2]!;
    const s3 = words[3]!;
    const scrambled = Math.imul(s1, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const next2 = s2 ^ s0;
    const next3 = s3 ^ s1;
    words[1] = s1 ^ next2;
    words[0] = s0 ^ next3;
    words[2] = next2 ^ (s1 << 9);
    words[3] = (next3 << 11) | (next3 >>> 21);
    return result;
  }

  function next(): number {
    return ((uint32() >>> 5) * 2 ** 26 + (uint32() >>> 6)) / 2 ** 53;
  }

  function int(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) throw new RangeError(`int(n) wants 1 to 2^32, got ${n}`);
    // Draws past the last whole multiple of n would favour small results, so they are drawn again.
    for (;;) {
      const drawn = uint32();
      // The largest multiple of n up to it; divided and rounded, because a remainder of numbers above 2^31 is slow.
      const multiple = Math.floor(drawn / n) * n;
      if (multiple + n <= 2 ** 32) return drawn - multiple;
    }
  }

  function normal(): number {
    // Box-Muller; the second value is not kept, because it would be state outside the four words.
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    return radius * Math.cos(2 * Math.PI * next());
  }

  return {
    next,
    uint32,
    int,
    normal,
    shuffle(values) {
      const cells = values as { length: number; [index: number]: unknown };
      for (let i = cells.length - 1; i > 0; i--) {
        const j = int(i + 1);
        const kept = cells[i];
        cells[i] = cells[j];
        cells[j] = kept;
      }
      return values;
    },
    state: () => words.slice(),
    restore(state) {
      if (state.length !== 4 || state.every((word) => word === 0)) {
        throw new RangeError('a random state is 4 words, not all zero');
      }
      words.set(state);
    },
  };
}

function expandSeed(seed: number | bigint): Uint32Array {
  const wide = BigInt.asUintN(64, BigInt(seed));
  let counter = Number(wide & 0xffff_ffffn) ^ Math.imul(Number(wide >> 32n), 0x9e37_79b1);
  const words = new Uint32Array(4);
  for (let i = 0; i < 4; i++) {
    counter = (counter + 0x9e37_79b9) | 0;
    let mixed = Math.imul(counter ^ (counter >>> 16), 0x21f0_aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
    words[i] = mixed ^ (mixed >>> 15);
  }
  return words;
}
