import type { RetrievalMetrics, TrainingConfig } from '../../domain/training.ts';
import { measureRetrieval } from '../../evaluation/retrieval.ts';
import { prefixesOf } from '../../training/paradigms/prefix-tower.ts';
import type { Evaluated } from '../../training/quality-watch.ts';
import type { Tensors } from '../../training/tensors.ts';
import type { Towers } from '../../training/training-state.ts';
import type { Prepared } from './prepared-contents.ts';
import type { ValidationData } from './training-data.ts';

export interface Validation {
  readonly config: Pick<TrainingConfig, 'metric' | 'matryoshka'>;
  readonly data: ValidationData;
  readonly prepared: Prepared;
  readonly towers: Towers;
  readonly tensors: Tensors;
}

/** Measures the towers with their present weights; the prefixes that are trained to serve alone too, each by embedding everything again. */
export async function validate(validation: Validation, signal: AbortSignal): Promise<Evaluated> {
  const { config } = validation;
  const { dimensions } = validation.towers.key;
  const { metrics, scores } = await measureWidth(validation, dimensions, signal);
  const evaluated = { metrics, scores: scores[config.metric] };
  const widths = config.matryoshka.filter((width) => width < dimensions);
  if (widths.length === 0) return evaluated;
  const prefixes: Record<number, RetrievalMetrics> = {};
  for (const width of widths) prefixes[width] = (await measureWidth(validation, width, signal)).metrics;
  return { ...evaluated, metrics: { ...metrics, prefixes } };
}

function measureWidth({ data, prepared, towers, tensors }: Validation, width: number, signal: AbortSignal) {
  const source = (tower: Towers['key'], rows: Int32Array, from: readonly unknown[]) => ({
    count: rows.length,
    embed(start: number, end: number) {
      const whole = tower.encodePrepared(Array.from(rows.subarray(start, end), (row) => from[row]));
      return prefixesOf(whole, tower.dimensions, width);
    },
  });
  const queries = source(towers.query, data.queryRows, prepared[data.querySide]);
  const items = source(towers.key, data.itemRows, prepared.items);
  return measureRetrieval({ queries, items, dimensions: width, judgements: data.judgements }, tensors, signal);
}
