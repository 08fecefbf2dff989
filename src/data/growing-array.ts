type Numbers = Int32Array | Float64Array | Uint8Array;

/** A typed array of unknown length in the making; grows by half, so pushing is amortised constant. */
export class GrowingArray {
  #values: Numbers;
  #length = 0;

  constructor(kind: Int32ArrayConstructor | Float64ArrayConstructor | Uint8ArrayConstructor) {
    this.#values = new kind(1024);
  }

  get length(): number {
    return this.#length;
  }

  get last(): number | undefined {
    return this.#length === 0 ? undefined : this.#values[this.#length - 1];
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new (this.#values.constructor as Int32ArrayConstructor)(Math.ceil(this.#length * 1.5));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = value;
  }

  /** The row of a value when the values ascend. @throws RangeError when it is not there */
  rowOf(value: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#values[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    if (low === this.#length || this.#values[low] !== value) throw new RangeError(`${value} is not among the ids`);
    return low;
  }

  /** The content as bytes, little-endian on the machines Quartet runs on. A view: push nothing afterwards. */
  bytes(): Uint8Array {
    return new Uint8Array(this.#values.buffer, 0, this.#length * this.#values.BYTES_PER_ELEMENT);
  }
}
