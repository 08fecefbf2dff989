/**
 * Takes from each output's weights their mean over all inputs, in place: the network computes with W - mean(W) (Huang et al. 2017, Centered
 * Weight Normalization; Brock et al. 2021, 2101.08692, section 4.1, without the scaling).
 *
 * Behind an activation all signals share a part that is the same for every input of the network. Without batch normalisation that part grows from layer
 * to layer until all embeddings point one way, and the quickest way down from a high contrastive loss is to make it larger still: the embeddings collapse
 * into one. Weights without a mean are blind to what is equal in all their inputs.
 *
 * The change is linear and its own transpose, so the gradient of W is that of the centred weights, centred.
 * @param weights shape [..., O]
 */
export function centreOutputs(weights: Float32Array, outputs: number): void {
  const sums = new Float64Array(outputs);
  for (let i = 0; i < weights.length; i++) sums[i % outputs] = (sums[i % outputs] as number) + (weights[i] as number);
  const share = outputs / weights.length;
  for (let i = 0; i < weights.length; i++) {
    weights[i] = (weights[i] as number) - (sums[i % outputs] as number) * share;
  }
}
