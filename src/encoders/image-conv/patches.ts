/** A picture of numbers, shape [H, W, C]. */
export interface Picture {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly values: Float32Array;
}

export interface Patches {
  /** Rows and columns that come out: ceil(H / stride), ceil(W / stride). */
  readonly height: number;
  readonly width: number;
  /** shape [rows * columns, size * size * C] */
  readonly values: Float32Array;
}

/** What each place of a filter of `size` x `size` sees, padded as TensorFlow's SAME: a convolution is then one matrix product. */
export function patchesOf({ height, width, channels, values }: Picture, size: number, stride: number): Patches {
  const [rows, columns] = [Math.ceil(height / stride), Math.ceil(width / stride)];
  const before = (input: number, out: number) => Math.floor(Math.max((out - 1) * stride + size - input, 0) / 2);
  const [top, left] = [before(height, rows), before(width, columns)];
  const length = size * size * channels;
  const patches = new Float32Array(rows * columns * length);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const at = (r * columns + c) * length;
      const from = c * stride - left;
      // Neighbours in a row of the picture are neighbours in the patch too.
      const [first, last] = [Math.max(0, from), Math.min(width, from + size)];
      for (let i = 0; i < size; i++) {
        const row = r * stride + i - top;
        if (row < 0 || row >= height) continue;
        const seen = values.subarray((row * width + first) * channels, (row * width + last) * channels);
        patches.set(seen, at + (i * size + first - from) * channels);
      }
    }
  }
  return { height: rows, width: columns, values: patches };
}
