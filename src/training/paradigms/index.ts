import type { ParadigmName, ParadigmSpec } from '../../domain/training.ts';
import { createEndToEnd } from './end-to-end.ts';
import { createInBatchNegatives } from './in-batch-negatives.ts';
import { createMemoryBank } from './memory-bank.ts';
import { createMomentumEncoder } from './momentum-encoder.ts';
import type { CreateParadigm, Paradigm, ParadigmContext } from './paradigm.ts';

/** Every paradigm by name: a missing one does not compile. */
const PARADIGMS = {
  'in-batch-negatives': createInBatchNegatives,
  'end-to-end': createEndToEnd,
  'memory-bank': createMemoryBank,
  'momentum-encoder': createMomentumEncoder,
} satisfies { [N in ParadigmName]: CreateParadigm<Extract<ParadigmSpec, { name: N }>> };

export function createParadigm<Prepared>(spec: ParadigmSpec, context: ParadigmContext<Prepared>): Paradigm<Prepared> {
  // Name and settings come together, which the look-up alone does not tell the compiler.
  const create = PARADIGMS[spec.name] as CreateParadigm<ParadigmSpec>;
  return create(spec, context);
}
