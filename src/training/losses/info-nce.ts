import type { Tensors } from '../../tensor/backend.ts';
import { infoNceFused } from './info-nce-fused.ts';
import type { InfoNceInput, InfoNceResult } from './info-nce-input.ts';
import { infoNcePlain } from './info-nce-plain.ts';

export type { InfoNceInput, InfoNceResult } from './info-nce-input.ts';

/**
 * InfoNCE over a batch, with its gradients. With logits S = s Q K^T (hidden pairs at minus infinity),
 *
 *   L_q = -1/B sum_i ln( exp S_ii / sum_{j < C} exp S_ij )      van den Oord et al. 2018 (1807.03748), eq. 4;
 *                                                              DPR (2004.04906), eq. 2, with its in-batch negatives
 *   L_k = -1/B sum_i ln( exp S_ii / sum_{j < B} exp S_ji )      the other direction
 *   L   = L_q, or (L_q + L_k) / 2 when symmetric               CLIP (2103.00020), figure 3
 *
 * SimCLR's NT-Xent (2002.05709), eq. 1, is the form whose denominator also holds the batch's other queries. With
 * G = dL/dS, which is softmax minus one-hot divided by B: dL/dQ = s G K, dL/dK = s G^T Q, dL/d(ln s) = sum(Q * dL/dQ).
 *
 * On native TensorFlow fused ops give loss and gradient at once; elsewhere the same is written in plain ops. A test holds
 * the two together. Creates no tensor but the two gradients.
 */
export function infoNce(tensors: Tensors, input: InfoNceInput): InfoNceResult {
  return tensors.raw === undefined ? infoNcePlain(tensors, input) : infoNceFused(tensors, tensors.raw, input);
}
