import assert from 'node:assert/strict';
import { openSnapshot, SPLIT_CODES } from '../../src/data/snapshot.ts';
import type { TrainableModel } from '../../src/encoders/index.ts';
import { createTextStatic } from '../../src/encoders/text-static/trainable.ts';
import { learnVocabulary } from '../../src/encoders/text-static/vocabulary.ts';
import { groupJudgements } from '../../src/evaluation/judgements.ts';
import { evaluateRetrieval } from '../../src/evaluation/retrieval.ts';
import { createRandom } from '../../src/platform/random.ts';
import { loadContents } from '../../src/services/work/contents.ts';
import { divideForTraining } from '../../src/services/work/training-data.ts';
import { trainingTask } from '../../src/services/work/training-task.ts';
import { resolveTrainingConfig } from '../../src/training/defaults.ts';
import { snapshotOfPairs } from '../pairs-snapshot.ts';
import type { Arena } from './arena.ts';

const SPEC = { kind: 'text-static', dimensions: 128, vocabularySize: 20_000, maxTokens: 128 } as const;

/** Questions and answers: test questions among all answers, nDCG@10, by `text-static`. */
export const medquad: Arena = {
  metric: 'nDCG@10',
  grid: {
    batchSize: 256,
    temperature: 0.05,
    momentum: 0.99,
    mostEncoded: 4_096,
    ownDraws: 16,
    leastInBatch: 1,
    mostInBatch: 4_096,
  },
  training: { encoder: SPEC, epochs: 2, learningRate: 0.01 },
  async open(path, dir, tensors) {
    const columns = { query: 'question', positive: 'answer', split: 'split' };
    const { path: snapshotPath } = await snapshotOfPairs(path, columns, dir);
    const snapshot = await openSnapshot(snapshotPath);
    const { items, queries, relevance } = snapshot;
    const contents = await loadContents(snapshot, SPEC, new AbortController().signal);
    const data = divideForTraining(snapshot, 0, 1);
    const trained = [...new Set((data.pairs as { queryRows: Int32Array }).queryRows)];
    const texts = Iterator.from(trained.values()).map((row) => queries.text(row));
    const vocabulary = learnVocabulary(
      [...texts, ...Array.from({ length: items.count }, (_, r) => items.text(r))],
      SPEC,
    );
    const reader = createTextStatic(SPEC, vocabulary, createRandom(0), tensors);
    const prepared = {
      queries: Array.from({ length: queries.count }, (_, row) => reader.prepare(queries.text(row))),
      items: Array.from({ length: items.count }, (_, row) => reader.prepare(items.text(row))),
    };

    const asked = Array.from(queries.splits.keys()).filter((row) => queries.splits[row] === SPLIT_CODES.TEST);
    const position = new Map(asked.map((row, at) => [row, at]));
    const judged = Array.from(relevance.queryRows.keys()).filter((i) => position.has(relevance.queryRows[i] as number));
    const judgements = groupJudgements(
      asked.length,
      judged.map((i) => position.get(relevance.queryRows[i] as number) as number),
      judged.map((i) => relevance.itemRows[i] as number),
      judged.map((i) => relevance.grades[i] as number),
    );

    return async (input) => {
      const config = resolveTrainingConfig(input);
      const tower = createTextStatic(SPEC, vocabulary, createRandom(config.seed), tensors, config.optimizer);
      const model = {
        tower,
        prepare: (content) => tower.prepare(content as string),
        save: () => Promise.reject(new Error('nothing is kept')),
        twin: () => assert.fail('the towers are shared'),
        dispose: () => tower.dispose(),
      } as TrainableModel<unknown>;
      const task = trainingTask({ config, snapshot, contents, data, model, prepared, tensors, guide: null });
      const embedded = (rows: readonly (typeof prepared.items)[number][]) => ({
        count: rows.length,
        embed: (from: number, to: number) => tower.encodePrepared(rows.slice(from, to)),
      });
      return {
        task: { ...task, evaluate: null, diagnose: () => ({ figures: {}, histograms: {}, warning: null }) },
        async measure() {
          const sides = {
            queries: embedded(asked.map((row) => prepared.queries[row]!)),
            items: embedded(prepared.items),
          };
          return (await evaluateRetrieval({ ...sides, dimensions: SPEC.dimensions, judgements }, tensors)).ndcgAt10;
        },
        dispose: () => model.dispose(),
      };
    };
  },
};
