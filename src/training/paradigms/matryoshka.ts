import { QuartetError } from '../../domain/errors.ts';
import { gatherParts, scatterParts } from '../named-parts.ts';
import type { Paradigm, ParadigmContext } from './paradigm.ts';
import { prefixTower } from './prefix-tower.ts';

/**
 * Trains the leading dimensions of the embeddings to serve alone: the loss is the mean of that on each prefix, made unit length again,
 * and that on the whole embedding. Matryoshka representation learning (2205.13147), eq. 1, with equal weights. The paradigm sees
 * towers that are narrower and knows nothing of it; each width has one of its own, with its own temperature where that is learned.
 * A step costs as much as that many steps.
 *
 * For paradigms that remember embeddings between steps it is refused in the config: a bank or a queue holds whole vectors.
 * @param prefixes widths, ascending; none: the paradigm as it is
 * @throws QuartetError BAD_INPUT for a prefix wider than the embedding
 */
export function matryoshka<Prepared>(
  prefixes: readonly number[],
  context: ParadigmContext<Prepared>,
  create: (context: ParadigmContext<Prepared>) => Paradigm<Prepared>,
): Paradigm<Prepared> {
  const { tensors, queryTower, keyTower } = context;
  const { dimensions } = queryTower;
  const tooWide = prefixes.find((width) => width > dimensions);
  if (tooWide !== undefined) {
    const message = `matryoshka has the width ${tooWide}, the embedding has ${dimensions} dimensions`;
    throw new QuartetError('BAD_INPUT', message, { field: ['config', 'matryoshka'] });
  }
  const narrower = prefixes.filter((width) => width < dimensions);
  if (narrower.length === 0) return create(context);
  const widths = [...narrower, dimensions];
  const weight = 1 / widths.length;
  const paradigms = widths.map((width) => {
    const query = prefixTower(tensors, queryTower, { width, weight });
    const key = queryTower === keyTower ? query : prefixTower(tensors, keyTower, { width, weight });
    return create({ ...context, queryTower: query, keyTower: key });
  });
  const parts = Object.fromEntries(paradigms.map((paradigm, i) => [`width${widths[i]}`, paradigm]));
  return {
    step: (batch) => paradigms.reduce((sum, paradigm) => sum + weight * paradigm.step(batch), 0),
    gradientNorm: () => weight * Math.hypot(...paradigms.map((paradigm) => paradigm.gradientNorm())),
    applyGradients(learningRate, scale) {
      for (const paradigm of paradigms) paradigm.applyGradients(learningRate, weight * scale);
    },
    diagnostics: (sample) => paradigms.at(-1)?.diagnostics?.(sample) ?? {},
    state: () => gatherParts(parts),
    restore: (state) => scatterParts(parts, state),
    dispose() {
      for (const paradigm of paradigms) paradigm.dispose();
    },
  };
}
