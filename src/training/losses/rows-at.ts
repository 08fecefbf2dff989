/** Copies rows out of a table of width D. @returns shape [rows.length, D] */
export function rowsAt(table: Float32Array, rows: Int32Array, width: number): Float32Array {
  const copied = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries()) copied.set(table.subarray(row * width, (row + 1) * width), i * width);
  return copied;
}
