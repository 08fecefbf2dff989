import type { Snapshot } from '../../data/snapshot.ts';
import type { TrainingConfig } from '../../domain/training.ts';
import type { TrainableModel } from '../../encoders/index.ts';
import { diagnose } from '../../evaluation/diagnostics/index.ts';
import type { Guide } from '../../training/paradigms/guide.ts';
import { createParadigm } from '../../training/paradigms/index.ts';
import { matryoshka } from '../../training/paradigms/matryoshka.ts';
import type { Tensors } from '../../training/tensors.ts';
import type { TrainingTask } from '../../training/trainer.ts';
import type { LoadedContents } from './contents.ts';
import { withEqualTexts } from './equal-texts.ts';
import type { Prepared } from './prepared-contents.ts';
import type { TrainingData } from './training-data.ts';
import { validate } from './validate.ts';
import { trainsOnViews, type ViewThreads, viewsOf } from './views.ts';

export interface Ingredients {
  readonly config: TrainingConfig;
  readonly snapshot: Snapshot;
  readonly contents: LoadedContents;
  readonly data: TrainingData;
  /** Of items, and of queries where they share weights. */
  readonly model: TrainableModel;
  /** Of queries. Default the items'. */
  readonly queryModel?: TrainableModel;
  readonly prepared: Prepared;
  readonly tensors: Tensors;
  readonly guide: Guide | null;
  /** Make views beside the training thread. Default: that makes them. */
  readonly viewThreads?: ViewThreads | null;
}

/** Puts together what the trainer needs. */
export function trainingTask(ingredients: Ingredients): TrainingTask {
  const {
    config,
    snapshot,
    contents,
    data,
    model,
    queryModel = model,
    prepared,
    tensors,
    guide,
    viewThreads,
  } = ingredients;
  const towers = { query: queryModel.tower, key: model.tower };
  const { validation } = data;
  // Negatives from outside the batch may be items that no pair and no validation query has.
  const preparedItem = (row: number) => (prepared.items[row] ??= model.prepare(contents.content('items', row)));
  const plainInputs = {
    query: data.querySide === 'items' ? preparedItem : (row: number) => prepared.queries[row],
    item: preparedItem,
  };
  const { labels } = snapshot.items;
  const context = {
    tensors,
    queryTower: towers.query,
    keyTower: towers.key,
    positivesOf: withEqualTexts(snapshot, data),
    negativesOf: data.negativesOf,
    items: { count: snapshot.items.count, prepared: preparedItem, ...(hasLabels(labels) ? { labels } : {}) },
    labelsArePositives: data.labelsArePositives,
    // Classes of images can hardly be told apart at first: what has to be near all of its own is pulled together with everything else.
    ...(trainsOnViews(config) ? { near: 'any' as const } : {}),
    ...(guide === null ? {} : { guide }),
    seed: config.seed,
  };
  const paradigm = matryoshka(config.matryoshka, context, (own) => createParadigm(config.paradigm, own));
  return {
    config,
    datasetHash: snapshot.hash,
    pairs: data.pairs,
    ...(trainsOnViews(config) ? viewsOf(preparedItem, model, config, viewThreads) : plainInputs),
    towers,
    paradigm,
    backend: tensors.name,
    diagnose(sample) {
      const rowsOf = (side: 'query' | 'key', batch: readonly unknown[]) => ({
        values: towers[side].encodePrepared(batch),
        dimensions: towers[side].dimensions,
      });
      const ofLabels = hasLabels(labels) ? { labels: sample.keyRows.map((row) => labels[row] as number) } : {};
      const found = diagnose({
        queries: rowsOf('query', sample.queries),
        keys: rowsOf('key', sample.keys),
        ...ofLabels,
      });
      return { ...found, figures: { ...found.figures, ...paradigm.diagnostics?.(sample) } };
    },
    evaluate:
      validation === null
        ? null
        : (signal) => validate({ config, data: validation, prepared, towers, tensors }, signal),
  };
}

function hasLabels(labels: Int32Array): boolean {
  return labels.some((label) => label >= 0);
}
