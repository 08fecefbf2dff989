import type { Tensors } from '../../tensor/backend.ts';
import { gatheredCandidateLoss } from './candidate-loss-gathered.ts';
import type { CandidateLossInput, CandidateLossResult } from './candidate-loss-input.ts';
import { multipliedCandidateLoss } from './candidate-loss-multiplied.ts';

export type { CandidateLossInput, CandidateLossResult, RowLoss } from './candidate-loss-input.ts';

/** How many inner products a matrix product does in the time of one that is done alone. */
const SPEED_UP = { tensorflow: 48, wasm: 12 } as const;

/**
 * The mean over queries of a loss over each one's own candidates, with gradients. With logits l_c = s q.k_c and g = dL/dl,
 *
 *   dL/dq_i = s/B sum_c g_ic k_c,   dL/dk_u = s/B sum over (i, c) with candidate u of g_ic q_i,   dL/d(ln s) = 1/B sum g l
 *
 * Picks the cheaper of two ways to the same figures by the sizes alone, so that equal runs go the same way. Creates no
 * tensor but the gradients.
 */
export function candidateLoss<Learned extends boolean>(
  tensors: Tensors,
  input: CandidateLossInput<Learned>,
): CandidateLossResult<Learned> {
  const [rows, width] = input.queries.shape;
  const keys = input.keys instanceof Float32Array ? input.keys.length / width : input.keys.shape[0];
  const wasted = (rows * keys) / input.candidates.length;
  const result =
    wasted <= SPEED_UP[tensors.name] ? multipliedCandidateLoss(tensors, input) : gatheredCandidateLoss(tensors, input);
  return result as CandidateLossResult<Learned>;
}
