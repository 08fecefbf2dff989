import { QuartetError } from '../../domain/errors.ts';

const PAGE = 65_536;
/** A 32-bit WebAssembly memory ends here. */
const MEMORY_LIMIT = 65_536 * PAGE;

/** A byte address in the kernels' memory. */
export type Pointer = number;

/**
 * The kernels' linear memory with a bump allocator: blocks live as long as the memory. Views go stale when it grows, so take
 * them anew after every allocation.
 */
export class KernelMemory {
  readonly memory = new WebAssembly.Memory({ initial: 1, maximum: MEMORY_LIMIT / PAGE });
  /** Address 0 stays unused, so that a forgotten pointer does not hit data. */
  #top = 64;

  /**
   * @returns a block that starts on 64 bytes, zeroed
   * @throws QuartetError BAD_INPUT when the memory would exceed 4 GiB or the machine has no more
   */
  allocate(bytes: number): Pointer {
    const pointer = this.#top;
    const top = pointer + Math.ceil(bytes / 64) * 64;
    const missing = top - this.memory.buffer.byteLength;
    if (top > MEMORY_LIMIT) throw tooLarge(top);
    if (missing > 0) {
      try {
        this.memory.grow(Math.ceil(missing / PAGE));
      } catch (cause) {
        throw tooLarge(top, cause);
      }
    }
    this.#top = top;
    return pointer;
  }

  float32(pointer: Pointer, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, pointer, length);
  }

  int32(pointer: Pointer, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, pointer, length);
  }
}

/** A block that is replaced by a larger one when it gets too small; at most as much again is left behind. */
export class GrowingBlock {
  readonly #memory: KernelMemory;
  #pointer: Pointer = 0;
  #capacity = 0;

  constructor(memory: KernelMemory) {
    this.#memory = memory;
  }

  get pointer(): Pointer {
    return this.#pointer;
  }

  /** @param kept bytes at the start whose content must survive. @returns where the block lies now */
  reserve(bytes: number, kept = 0): Pointer {
    if (bytes <= this.#capacity) return this.#pointer;
    const capacity = Math.max(bytes, Math.min(this.#capacity * 2, bytes + (64 << 20)), 4_096);
    const pointer = this.#memory.allocate(capacity);
    if (kept > 0) new Uint8Array(this.#memory.memory.buffer).copyWithin(pointer, this.#pointer, this.#pointer + kept);
    this.#pointer = pointer;
    this.#capacity = capacity;
    return pointer;
  }
}

function tooLarge(bytes: number, cause?: unknown): QuartetError {
  const gibibytes = (bytes / 2 ** 30).toFixed(1);
  return new QuartetError(
    'BAD_INPUT',
    `the encoder's table and optimizer rows need ${gibibytes} GiB, more than ${cause === undefined ? 'the 4 GiB that one encoder can have' : 'this machine has free'}: choose fewer dimensions or a smaller vocabulary`,
    { field: ['encoder', 'vocabularySize'], cause },
  );
}
