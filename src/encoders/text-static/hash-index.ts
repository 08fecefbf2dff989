const EMPTY = -1;

/** A map from 64-bit hashes (two words of 32) to consecutive numbers from 0, by open addressing in typed arrays. */
export class HashIndex {
  /** Keys by number. */
  #low: Int32Array;
  #high: Int32Array;
  #slots: Int32Array;
  #mask: number;
  #size = 0;

  constructor(expected = 1_024) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(16, expected * 2)));
    this.#low = new Int32Array(capacity / 2);
    this.#high = new Int32Array(capacity / 2);
    this.#slots = new Int32Array(capacity).fill(EMPTY);
    this.#mask = capacity - 1;
  }

  get size(): number {
    return this.#size;
  }

  /** @returns the number of the key, -1 for one never added */
  get(low: number, high: number): number {
    for (let at = low & this.#mask; ; at = (at + 1) & this.#mask) {
      const number = this.#slots[at]!;
      if (number === EMPTY) return EMPTY;
      if (this.#low[number] === low && this.#high[number] === high) return number;
    }
  }

  /** @returns the number of the key, which is `size` before the call for a new one */
  add(low: number, high: number): number {
    const known = this.get(low, high);
    if (known !== EMPTY) return known;
    const number = this.#size++;
    if (number === this.#low.length) this.#grow();
    this.#low[number] = low;
    this.#high[number] = high;
    this.#place(number);
    return number;
  }

  #place(number: number): void {
    let at = this.#low[number]! & this.#mask;
    while (this.#slots[at] !== EMPTY) at = (at + 1) & this.#mask;
    this.#slots[at] = number;
  }

  #grow(): void {
    const capacity = this.#slots.length * 2;
    this.#low = resized(this.#low, capacity / 2);
    this.#high = resized(this.#high, capacity / 2);
    this.#slots = new Int32Array(capacity).fill(EMPTY);
    this.#mask = capacity - 1;
    for (let number = 0; number < this.#size - 1; number++) this.#place(number);
  }
}

function resized(array: Int32Array, length: number): Int32Array {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}
