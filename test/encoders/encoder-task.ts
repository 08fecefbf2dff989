import type { EncoderSpec } from '../../src/domain/training.ts';
import { type Content, learnModel, type NamedArrays } from '../../src/encoders/index.ts';
import { createRandom } from '../../src/platform/random.ts';
import type { Tensors } from '../../src/tensor/backend.ts';
import { resolveTrainingConfig, type TrainingConfigInput } from '../../src/training/defaults.ts';
import { createParadigm } from '../../src/training/paradigms/index.ts';

/** Every kind of encoder, small. */
export const ENCODER_SPECS: readonly EncoderSpec[] = [
  { kind: 'text-static', dimensions: 8, vocabularySize: 256, maxTokens: 16 },
  { kind: 'vector-mlp', dimensions: 8, hidden: 16 },
  { kind: 'image-conv', size: null, dimensions: 8, filters: 8 },
];

export const PARADIGMS: readonly NonNullable<TrainingConfigInput['paradigm']>[] = [
  { name: 'in-batch-negatives', learnTemperature: true },
  { name: 'end-to-end', negatives: 4 },
  { name: 'memory-bank', negatives: 8 },
  { name: 'momentum-encoder', momentum: 0.9, queueSize: 16 },
];

const ITEMS = 24;
const BATCH = 6;

function contentOf(kind: EncoderSpec['kind'], row: number): Content {
  const random = createRandom(100 + row);
  if (kind === 'text-static') return Array.from({ length: 4 }, () => `word${random.int(60)}`).join(' ');
  if (kind === 'vector-mlp') return Float32Array.from({ length: 12 }, () => random.normal());
  return { height: 6, width: 6, channels: 3, pixels: Uint8Array.from({ length: 108 }, () => random.int(256)) };
}

/** Training of an encoder by a paradigm, step by step: query row i belongs to item row i, and has nothing in common with it. */
export function encoderTask(tensors: Tensors, spec: EncoderSpec, paradigmInput: (typeof PARADIGMS)[number], seed = 3) {
  const { paradigm: paradigmSpec, optimizer } = resolveTrainingConfig({ paradigm: paradigmInput });
  const contents = Array.from({ length: 2 * ITEMS }, (_, row) => contentOf(spec.kind, row));
  const model = learnModel(spec, contents, createRandom(seed), tensors, optimizer);
  const prepared = contents.map((content) => model.prepare(content));
  const { tower } = model;
  const paradigm = createParadigm(paradigmSpec, {
    tensors,
    queryTower: tower,
    keyTower: tower,
    positivesOf: (row) => Int32Array.of(row),
    negativesOf: () => new Int32Array(0),
    items: { count: ITEMS, prepared: (row) => prepared[ITEMS + row] },
    seed,
  });
  return {
    /** @returns the loss */
    step(at: number): number {
      const rows = Int32Array.from({ length: BATCH }, (_, i) => (at * 5 + i) % ITEMS);
      const queries = Array.from(rows, (row) => prepared[row]);
      const keys = Array.from(rows, (row) => prepared[ITEMS + row]);
      const loss = paradigm.step({ queries, keys, queryRows: rows, keyRows: rows, progress: at / 100 });
      tower.applyGradients(1e-3);
      paradigm.applyGradients(1e-3, 1);
      return loss;
    },
    state: () => ({ tower: copyOf(tower.state()), paradigm: copyOf(paradigm.state()) }),
    restore(state: { tower: NamedArrays; paradigm: NamedArrays }) {
      tower.restore(state.tower);
      paradigm.restore(state.paradigm);
    },
    dispose() {
      paradigm.dispose();
      model.dispose();
    },
  };
}

function copyOf(state: NamedArrays): NamedArrays {
  return Object.fromEntries(Object.entries(state).map(([name, array]) => [name, array.slice()]));
}
