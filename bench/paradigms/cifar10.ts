import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { inputOf } from '../../src/encoders/image-conv/statistics.ts';
import { createImageConv } from '../../src/encoders/image-conv/trainable.ts';
import { randomView } from '../../src/encoders/image-conv/views/random-view.ts';
import { evaluateRetrieval } from '../../src/evaluation/retrieval.ts';
import { createRandom, type Random } from '../../src/platform/random.ts';
import { viewsOf } from '../../src/services/work/views.ts';
import { resolveTrainingConfig } from '../../src/training/defaults.ts';
import { createParadigm } from '../../src/training/paradigms/index.ts';
import type { Towers } from '../../src/training/training-state.ts';
import type { Arena } from './arena.ts';

/** Pictures of 32 x 32 in the file; a quarter of the pixels takes a quarter of the time and leaves what the comparison is about. */
const STORED = 32;
const SIZE = { height: 16, width: 16, channels: 3 } as const;
const ROW_BYTES = 1 + 3 * STORED * STORED;
const SPEC = { kind: 'image-conv', dimensions: 64, filters: 8 } as const;
/** Images measured on, and images trained on, which are also those that vote. */
const ASKED = 2_000;
const TRAINED = 4_096;

/** Images without labels, two views of each: the vote of the 20 nearest on images held out, by `image-conv`. */
export const cifar10: Arena = {
  metric: 'kNN accuracy',
  grid: {
    batchSize: 128,
    temperature: 0.2,
    momentum: 0.97,
    mostEncoded: 256,
    ownDraws: 1,
    leastInBatch: 16,
    mostInBatch: 256,
  },
  training: { encoder: SPEC, positives: 'augmentation', epochs: 4, learningRate: 0.003, warmupFraction: 0.05 },
  async open(path, _dir, tensors) {
    const images = readImages(await readFile(path));
    const [trained, asked] = [images.slice(0, TRAINED), images.slice(-ASKED)];
    const rows = Int32Array.from(trained.keys());
    const seen = inputOf(trained.map(({ pixels }) => ({ ...SIZE, pixels }))) ?? SIZE;

    return async (input) => {
      const config = resolveTrainingConfig(input);
      const { seed } = config;
      const tower = createImageConv(SPEC, seen, createRandom(seed), tensors, config.optimizer);
      const prepared = (row: number): unknown => trained[row]?.pixels;
      const view = (image: unknown, random: Random) => randomView({ ...SIZE, pixels: image as Uint8Array }, random);
      const towers = { query: tower, key: tower } as Towers;
      const paradigm = createParadigm(config.paradigm, {
        tensors,
        queryTower: towers.query,
        keyTower: towers.key,
        positivesOf: (row) => Int32Array.of(row),
        negativesOf: () => new Int32Array(0),
        items: { count: trained.length, prepared },
        seed,
      });
      const embedded = (of: readonly Labelled[]) => ({
        count: of.length,
        embed: (from: number, to: number) => tower.encodePrepared(of.slice(from, to).map(({ pixels }) => pixels)),
      });
      const labels = (of: readonly Labelled[]) => Int32Array.from(of, ({ label }) => label);
      return {
        task: {
          config,
          datasetHash: 'cifar10',
          pairs: { queryRows: rows, itemRows: rows },
          ...viewsOf(prepared, { view }, config),
          towers,
          paradigm,
          backend: tensors.name,
          evaluate: null,
        },
        async measure() {
          const judgements = { queryLabels: labels(asked), itemLabels: labels(trained) };
          const sides = { queries: embedded(asked), items: embedded(trained) };
          const found = await evaluateRetrieval({ ...sides, dimensions: SPEC.dimensions, judgements }, tensors);
          return found.knnAccuracy ?? 0;
        },
        dispose: () => tower.dispose(),
      };
    };
  },
};

interface Labelled {
  readonly label: number;
  /** shape [H, W, C] */
  readonly pixels: Uint8Array;
}

/** The binary layout of CIFAR-10, gzipped: a label, then the planes of red, green and blue. Four pixels become their mean. */
function readImages(file: Buffer): Labelled[] {
  const bytes = gunzipSync(file);
  return Array.from({ length: Math.floor(bytes.length / ROW_BYTES) }, (_, row) => {
    const planes = bytes.subarray(row * ROW_BYTES + 1, (row + 1) * ROW_BYTES);
    const pixels = Uint8Array.from({ length: SIZE.height * SIZE.width * SIZE.channels }, (_, i) => {
      const [at, channel] = [Math.floor(i / 3), i % 3];
      const corner = channel * STORED * STORED + Math.floor(at / SIZE.width) * 2 * STORED + (at % SIZE.width) * 2;
      const four = [0, 1, STORED, STORED + 1].map((offset) => planes[corner + offset] as number);
      return Math.round(four.reduce((sum, byte) => sum + byte, 0) / 4);
    });
    return { label: bytes[row * ROW_BYTES] as number, pixels };
  });
}
