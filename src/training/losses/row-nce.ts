import type { RowLoss } from './candidate-loss.ts';

/**
 * Noise-contrastive estimation for one query, Wu et al. 2018 (1805.01978), eq. 3 to 7: is a candidate the query's own item or
 * one of the m drawn from the noise P_n = 1/n? With P(c) = exp(l_c) / Z and h = P / (P + m P_n),
 *
 *   L = -ln h_0 - sum_{c > 0} ln(1 - h_c),    dL/dl_0 = h_0 - 1,    dL/dl_c = h_c
 *
 * The odds of h are exp(l - ln Z - ln(m/n)), so nothing overflows and no epsilon is needed, unlike in the paper's code.
 * Without a negative m counts as 1.
 * @param logPartition ln Z
 * @param items n
 */
export function rowNce(logPartition: number, items: number): RowLoss {
  return (logits, gradient, count) => {
    const shift = logPartition + Math.log(Math.max(1, count - 1) / items);
    let loss = 0;
    for (let c = 0; c < count; c++) {
      const logOdds = logits[c]! - shift;
      const small = Math.exp(-Math.abs(logOdds));
      // ln(1 + exp x) = max(x, 0) + ln(1 + exp(-|x|)), with x = -log-odds for the positive.
      loss += Math.log1p(small) + Math.max(0, c === 0 ? -logOdds : logOdds);
      const probability = (logOdds >= 0 ? 1 : small) / (1 + small);
      gradient[c] = c === 0 ? probability - 1 : probability;
    }
    return loss;
  };
}

/**
 * Collects ln Z of NCE from the candidates of a batch: Z = n mean(exp l) over positives and negatives alike, as the paper's
 * code estimates it on the first batch (section 3.2, after eq. 8: Z is n times the mean over a random subset).
 */
export function createPartitionEstimate(items: number): { readonly rowLoss: RowLoss; readonly logPartition: number } {
  let [highest, sum, seen] = [Number.NEGATIVE_INFINITY, 0, 0];
  return {
    rowLoss: (logits, gradient, count) => {
      gradient.fill(0, 0, count);
      for (let c = 0; c < count; c++) {
        const logit = logits[c]!;
        if (logit > highest) {
          sum *= Math.exp(highest - logit);
          highest = logit;
        }
        sum += Math.exp(logit - highest);
      }
      seen += count;
      return 0;
    },
    get logPartition() {
      return Math.log(items / seen) + highest + Math.log(sum);
    },
  };
}
