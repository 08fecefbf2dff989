import type { RowLoss } from './candidate-loss.ts';

/**
 * InfoNCE over the 1 + K candidates of a query: L = -ln( exp l_0 / sum_c exp l_c ), van den Oord et al. 2018 (1807.03748),
 * eq. 4; MoCo (1911.05722), eq. 1. dL/dl is the softmax minus one at the positive.
 */
export const rowInfoNce: RowLoss = (logits, gradient, count) => {
  let highest = logits[0]!;
  for (let c = 1; c < count; c++) highest = Math.max(highest, logits[c]!);
  let sum = 0;
  for (let c = 0; c < count; c++) {
    const exponential = Math.exp(logits[c]! - highest);
    gradient[c] = exponential;
    sum += exponential;
  }
  for (let c = 0; c < count; c++) gradient[c]! /= sum;
  gradient[0]! -= 1;
  return highest + Math.log(sum) - logits[0]!;
};
