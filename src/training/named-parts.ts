import type { NamedArrays } from '../encoders/encoder.ts';

/** Something whose state goes into a checkpoint. */
export interface StatefulPart {
  state(): NamedArrays;
  restore(state: NamedArrays): void;
}

/** The arrays of several parts under one roof, as `part/name`. */
export function gatherParts(parts: Readonly<Record<string, StatefulPart>>): NamedArrays {
  const entries = Object.entries(parts).flatMap(([part, stateful]) =>
    Object.entries(stateful.state()).map(([name, array]) => [`${part}/${name}`, array] as const),
  );
  return Object.fromEntries(entries);
}

/** Gives every part the arrays that `gatherParts` took from it. */
export function scatterParts(parts: Readonly<Record<string, StatefulPart>>, arrays: NamedArrays): void {
  for (const [part, stateful] of Object.entries(parts)) {
    const own = Object.entries(arrays).filter(([name]) => name.startsWith(`${part}/`));
    stateful.restore(Object.fromEntries(own.map(([name, array]) => [name.slice(part.length + 1), array])));
  }
}
