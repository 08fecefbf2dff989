import { GrowingBlock, type Pointer } from '../../tensor/kernels/memory.ts';
import type { NamedArrays } from '../encoder.ts';
import type { PreparedText } from './features.ts';
import type { TouchedRows } from './gradient-bags.ts';
import type { StaticTable } from './static-table.ts';

/**
 * A second table that follows the first as v <- m v + (1 - m) w at every update, without touching all rows at each. While a row's
 * weights w stay as they are, n updates come to
 *
 *   v <- P v + (1 - P) w,   P = the product of their m
 *
 * so a row is brought up to date only when it is about to be read, or its weights are about to change. The product is kept as a
 * running sum of logarithms, and for each row the value of that sum up to which it has followed. Over all 30,000 rows of 256 an
 * update takes 10 ms; the few thousand rows of a batch take one or two.
 */
export class MomentumTable {
  readonly #table: StaticTable;
  readonly #copy: Pointer;
  readonly #rows: GrowingBlock;
  readonly #shares: GrowingBlock;
  /** Sum of ln m: over all updates, then for each row over those it has followed. */
  readonly #logs: Float64Array;

  /** @throws QuartetError BAD_INPUT when it does not fit into 4 GiB beside the rest */
  constructor(table: StaticTable) {
    this.#table = table;
    const { memory, rows, width } = table;
    this.#copy = memory.allocate(rows * width * 4);
    this.#rows = new GrowingBlock(memory);
    this.#shares = new GrowingBlock(memory);
    this.#logs = new Float64Array(rows + 1);
    memory.float32(this.#copy, rows * width).set(table.vectors());
  }

  update(m: number): void {
    // ln 0 would make differences of infinities; e^-700 is as good as nothing.
    this.#logs[0]! += Math.max(Math.log(m), -700);
  }

  /** The rows' weights are about to change. */
  catchUp({ rows, count }: TouchedRows): void {
    this.#follow([this.#table.memory.int32(rows, count)]);
  }

  /** @returns shape [B, D], unit rows */
  encode(batch: readonly PreparedText[]): Float32Array {
    this.#follow(batch.map((prepared) => prepared.subarray(0, prepared.length / 2)));
    return this.#table.encode(batch, this.#copy);
  }

  /** The copy [V, D] as it stands, and the logarithms' bits: files hold no float64. */
  state(): NamedArrays {
    const { memory, rows, width } = this.#table;
    return { copy: memory.float32(this.#copy, rows * width), logs: new Uint32Array(this.#logs.buffer) };
  }

  #follow(lists: readonly Int32Array[]): void {
    const now = this.#logs[0]!;
    const late: number[] = [];
    const shares: number[] = [];
    for (const rows of lists) {
      for (const row of rows) {
        const since = now - this.#logs[row + 1]!;
        if (since === 0) continue;
        this.#logs[row + 1] = now;
        late.push(row);
        shares.push(-Math.expm1(since));
      }
    }
    if (late.length === 0) return;
    const { memory, kernels, pointer, width } = this.#table;
    const rowsAt = this.#rows.reserve(late.length * 4);
    const sharesAt = this.#shares.reserve(late.length * 4);
    memory.int32(rowsAt, late.length).set(late);
    memory.float32(sharesAt, late.length).set(shares);
    kernels.moveRows(this.#copy, pointer, rowsAt, sharesAt, late.length, width);
  }
}
