/** A finished encoder that says how alike a query and an item are. */
export interface Guide {
  readonly dimensions: number;
  /** @returns shape [rows.length, D], unit rows */
  queries(rows: Int32Array): Float32Array;
  items(rows: Int32Array): Float32Array;
}
