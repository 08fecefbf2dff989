import { CANDIDATE_FATES, type CandidateFate, type MiningReport, type Quantiles } from '../domain/mining.ts';
import { FATE, type MinedQuery, type Selection } from './select.ts';

const { kept: KEPT } = FATE;
const LEVELS = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1] as const;

/** What a builder has counted, to be written down. */
export interface ReportCounts {
  readonly fates: readonly number[];
  readonly counts: readonly [number, number, number, number, number, number, number];
}

/** Columns of records: those of one query after another. */
export interface KeptColumns {
  /** Numbers in CANDIDATE_FATES. */
  readonly fates: Uint8Array;
  readonly scores: Float32Array;
  /** By query: records, and the score of its positive. */
  readonly counts: Int32Array;
  readonly positiveScores: Float32Array;
}

/** Numbers of which nobody knows how many will come; grows by half. */
class Numbers {
  #values = new Float64Array(1_024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = new Float64Array(Math.ceil(1.5 * this.length));
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length++] = value;
  }

  /** A view of them. */
  all(): Float64Array {
    return this.#values.subarray(0, this.length);
  }
}

/** Counts and quantiles of a mining, fed query by query. Keeps two numbers of each kept negative. */
export class ReportBuilder {
  readonly #perQuery: number;
  readonly #fates = new Float64Array(CANDIDATE_FATES.length);
  readonly #positives = new Numbers();
  readonly #negatives = new Numbers();
  #queries = 0;
  #withoutPositives = 0;
  #tooFew = 0;
  #none = 0;
  #tested = 0;
  #passed = 0;
  #ranks = 0;

  constructor(perQuery: number) {
    this.#perQuery = perQuery;
  }

  add({ scores, positiveScore }: Pick<MinedQuery, 'scores' | 'positiveScore'>, selection: Selection): void {
    const { fates, tested, passed } = selection;
    const counted = this.#fates;
    let kept = 0;
    for (let i = 0; i < fates.length; i++) {
      const fate = fates[i] as number;
      counted[fate] = (counted[fate] as number) + 1;
      if (fate !== KEPT) continue;
      kept += 1;
      this.#ranks += i + 1;
      this.#positives.push(positiveScore);
      this.#negatives.push(scores[i] as number);
    }
    this.#queries += 1;
    if (kept < this.#perQuery) this.#tooFew += 1;
    if (kept === 0) this.#none += 1;
    this.#tested += tested;
    this.#passed += passed;
  }

  /** A query that nothing is known to answer. */
  skip(): void {
    this.#withoutPositives += 1;
  }

  /** All that was counted so far, as plain data. What was kept stands in the records. */
  counts(): ReportCounts {
    const counts: ReportCounts['counts'] = [
      this.#queries,
      this.#withoutPositives,
      this.#tooFew,
      this.#none,
      this.#tested,
      this.#passed,
      this.#ranks,
    ];
    return { fates: [...this.#fates], counts };
  }

  /** Goes on from what another builder has counted. Its records have to be given to `restoreKept`, in their order. */
  restoreCounts({ fates, counts }: ReportCounts): void {
    this.#fates.set(fates);
    const [queries, withoutPositives, tooFew, none, tested, passed, ranks] = counts;
    this.#queries = queries;
    this.#withoutPositives = withoutPositives;
    this.#tooFew = tooFew;
    this.#none = none;
    this.#tested = tested;
    this.#passed = passed;
    this.#ranks = ranks;
  }

  restoreKept({ fates, scores, counts, positiveScores }: KeptColumns): void {
    let at = 0;
    for (const [q, count] of counts.entries()) {
      for (const end = at + count; at < end; at++) {
        if (fates[at] !== KEPT) continue;
        this.#positives.push(positiveScores[q] as number);
        this.#negatives.push(scores[at] as number);
      }
    }
  }

  report(): MiningReport {
    const [positives, negatives] = [this.#positives.all(), this.#negatives.all()];
    const differences = positives.map((score, i) => score - (negatives[i] as number));
    const kept = negatives.length;
    return {
      queries: this.#queries,
      queriesWithoutPositives: this.#withoutPositives,
      queriesWithTooFew: this.#tooFew,
      queriesWithNone: this.#none,
      fates: Object.fromEntries(CANDIDATE_FATES.map((fate, code) => [fate, this.#fates[code] as number])) as Record<
        CandidateFate,
        number
      >,
      positiveScores: quantiles(positives),
      negativeScores: quantiles(negatives),
      differences: quantiles(differences),
      falseNegatives:
        this.#tested === 0 ? null : { tested: this.#tested, passed: this.#passed, rate: this.#passed / this.#tested },
      meanRank: kept === 0 ? null : this.#ranks / kept,
    };
  }
}

/** Linear between the two nearest, as numpy's default (Hyndman and Fan 1996, definition 7). null of nothing. */
export function quantiles(values: ArrayLike<number>): Quantiles | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  return LEVELS.map((level) => {
    const at = level * (sorted.length - 1);
    const low = Math.floor(at);
    const [a, b] = [sorted[low] as number, sorted[Math.min(low + 1, sorted.length - 1)] as number];
    return a + (at - low) * (b - a);
  }) as unknown as Quantiles;
}
