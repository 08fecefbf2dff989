import { QuartetError } from '../../domain/errors.ts';
import type { MemoryBankSpec } from '../../domain/training.ts';
import type { NamedArrays } from '../../encoders/encoder.ts';
import type { Random } from '../../platform/random.ts';
import { refuseBeyondMemory } from './memory-limit.ts';
import type { ParadigmContext } from './paradigm.ts';

/** Items encoded at a time to fill the bank. */
const CHUNK = 1_024;

/** One unit vector for each item, shape [N, D]. */
export interface Bank {
  /** A view, filled on the first call. */
  rows(): Float32Array;
  /**
   * v <- norm(m v + (1 - m) f) for each of the rows, once where a row is named several times (by the first f).
   * @param embeddings f, shape [rows.length, D]
   */
  move(rows: Int32Array, embeddings: Float32Array): void;
  /** A view of the rows; nothing before the first call of `rows`. */
  state(): NamedArrays;
  restore(state: NamedArrays): void;
}

/**
 * @param random draws the rows where the spec wants random ones: each number uniform in +-1/sqrt(D/3), then normalised, as in
 *   the code of Wu et al. 2018
 * @throws QuartetError BAD_INPUT when the bank would not fit
 */
export function createBank<Prepared>(
  { bankMomentum, initialise }: MemoryBankSpec,
  { items, keyTower }: ParadigmContext<Prepared>,
  random: Random,
): Bank {
  const width = keyTower.dimensions;
  refuseBeyondMemory(
    items.count * width * Float32Array.BYTES_PER_ELEMENT,
    `a memory bank of ${items.count} items x ${width} dimensions`,
    'choose fewer dimensions, or another paradigm',
  );
  let bank: Float32Array | undefined;

  return {
    rows() {
      bank ??= initialise === 'random' ? randomRows() : encodedRows();
      return bank;
    },
    move(rows, embeddings) {
      const bank = this.rows();
      const moved = new Set<number>();
      for (const [i, row] of rows.entries()) {
        if (moved.has(row)) continue;
        moved.add(row);
        for (let d = 0; d < width; d++) {
          const at = row * width + d;
          bank[at] = bankMomentum * bank[at]! + (1 - bankMomentum) * embeddings[i * width + d]!;
        }
        normalise(bank, row, width);
      }
    },
    state: () => (bank === undefined ? {} : { bank }),
    restore({ bank: saved }) {
      if (saved !== undefined && saved.length !== items.count * width) {
        throw new QuartetError(
          'CORRUPT_ARTIFACT',
          `the checkpoint's memory bank has ${saved.length} numbers, ${items.count} items of ${width} dimensions were expected`,
        );
      }
      bank = saved === undefined ? undefined : (saved as Float32Array).slice();
    },
  };

  function randomRows(): Float32Array {
    const rows = new Float32Array(items.count * width);
    const bound = 1 / Math.sqrt(width / 3);
    for (let i = 0; i < rows.length; i++) rows[i] = (2 * random.next() - 1) * bound;
    for (let row = 0; row < items.count; row++) normalise(rows, row, width);
    return rows;
  }

  function encodedRows(): Float32Array {
    const rows = new Float32Array(items.count * width);
    for (let from = 0; from < items.count; from += CHUNK) {
      const size = Math.min(CHUNK, items.count - from);
      const some = Array.from({ length: size }, (_, i) => items.prepared(from + i));
      rows.set(keyTower.encodePrepared(some), from * width);
    }
    return rows;
  }
}

/** A row that is all zero, as where f is exactly -v and m one half, stays so: it has no direction. */
function normalise(table: Float32Array, row: number, width: number): void {
  let squares = 0;
  for (let at = row * width; at < (row + 1) * width; at++) squares += table[at]! ** 2;
  if (squares === 0) return;
  const inverse = 1 / Math.sqrt(squares);
  for (let at = row * width; at < (row + 1) * width; at++) table[at]! *= inverse;
}
