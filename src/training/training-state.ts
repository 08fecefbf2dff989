import type { NamedArrays, TrainableEncoder } from '../encoders/encoder.ts';
import { gatherParts, type StatefulPart, scatterParts } from './named-parts.ts';
import type { Paradigm } from './paradigms/paradigm.ts';

/** The two sides of an encoder: the same object twice when they share weights. */
export interface Towers<Prepared = unknown> {
  readonly query: TrainableEncoder<Prepared>;
  readonly key: TrainableEncoder<Prepared>;
}

export function distinctTowers<Prepared>({ query, key }: Towers<Prepared>): readonly TrainableEncoder<Prepared>[] {
  return query === key ? [query] : [query, key];
}

type StatefulParts<Prepared> = Towers<Prepared> & { readonly paradigm: Paradigm<Prepared> };

/** All arrays of a training under one roof, as `part/name`. Views: write them before the next step. */
export function gatherState<Prepared>(parts: StatefulParts<Prepared>): NamedArrays {
  return gatherParts(statefulParts(parts));
}

/** Gives every part the arrays that `gatherState` took from it. */
export function scatterState<Prepared>(parts: StatefulParts<Prepared>, arrays: NamedArrays): void {
  scatterParts(statefulParts(parts), arrays);
}

function statefulParts<Prepared>({ query, key, paradigm }: StatefulParts<Prepared>): Record<string, StatefulPart> {
  return { query, ...(query === key ? {} : { key }), paradigm };
}
