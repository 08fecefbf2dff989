import type { Tensor2D } from '../../tensor/backend.ts';

/**
 * The loss of one query, from the logits of its candidates.
 * @param logits of the positive, then of the negatives; only the first `count` are of this query
 * @param gradient gets dLoss/dlogits at the same places
 * @returns the loss, in nats
 */
export type RowLoss = (logits: Float64Array, gradient: Float64Array, count: number) => number;

/*
 * Shapes: B queries, U keys, D dimensions. Unlike in a batch of in-batch negatives each query has candidates of its own.
 */
export interface CandidateLossInput<Learned extends boolean = boolean> {
  /** shape [B, D], unit rows */
  readonly queries: Tensor2D;
  /** shape [U, D], unit rows: a tensor where it was just encoded, an array where it was stored. */
  readonly keys: Tensor2D | Float32Array;
  /** Candidates of query i lie from offsets[i] to offsets[i + 1], its positive first. Shape [B + 1]. */
  readonly offsets: Int32Array;
  /** Rows of `keys`, none twice for one query. */
  readonly candidates: Int32Array;
  /** s = 1 / temperature; a logit is s q.k */
  readonly scale: number;
  readonly rowLoss: RowLoss;
  /** Whether the gradient reaches the keys. */
  readonly learnKeys: Learned;
}

export interface CandidateLossResult<Learned extends boolean = boolean> {
  /** Mean over the batch, in nats. */
  readonly loss: number;
  /** dL/dqueries, shape [B, D]. The caller disposes it. */
  readonly queryGradient: Tensor2D;
  /** dL/dkeys, shape [U, D], or null when it was not asked for. The caller disposes it. */
  readonly keyGradient: Learned extends true ? Tensor2D : Learned extends false ? null : Tensor2D | null;
  /** dL/d(ln s) */
  readonly scaleGradient: number;
}

/** Room for the row of a query, and what is summed over rows. */
export class RowScratch {
  readonly logits: Float64Array;
  readonly gradient: Float64Array;
  readonly #rowLoss: RowLoss;
  readonly #rows: number;
  #loss = 0;
  #scaleGradient = 0;

  constructor({ offsets, rowLoss }: CandidateLossInput) {
    let longest = 0;
    this.#rows = offsets.length - 1;
    for (let i = 0; i < this.#rows; i++) {
      longest = Math.max(longest, (offsets[i + 1] as number) - (offsets[i] as number));
    }
    this.logits = new Float64Array(longest);
    this.gradient = new Float64Array(longest);
    this.#rowLoss = rowLoss;
  }

  /** Turns `logits` of one query into `gradient`. */
  finishRow(count: number): void {
    this.#loss += this.#rowLoss(this.logits, this.gradient, count);
    for (let c = 0; c < count; c++) {
      this.#scaleGradient += (this.gradient[c] as number) * (this.logits[c] as number);
    }
  }

  get means() {
    return { loss: this.#loss / this.#rows, scaleGradient: this.#scaleGradient / this.#rows };
  }
}
