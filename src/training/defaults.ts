import { QUALITY_METRICS } from '../domain/quality.ts';
import type {
  AdamWSpec,
  EarlyStopping,
  EncoderKind,
  EncoderSpec,
  EndToEndSpec,
  ImageConvSpec,
  InBatchNegativesSpec,
  MemoryBankSpec,
  MomentumEncoderSpec,
  OptimizerSpec,
  ParadigmName,
  ParadigmSpec,
  RefreshSpec,
  SgdSpec,
  TextStaticSpec,
  TrainingConfig,
  VectorMlpSpec,
} from '../domain/training.ts';
import { expectObject, refuse, resolveSettings, type SettingsFor } from './settings.ts';

/** Fields that are objects and have settings of their own. */
type Nested = 'encoder' | 'paradigm' | 'optimizer' | 'earlyStopping' | 'matryoshka' | 'refresh';

/** Default, minimum and maximum of everything a caller may set, together. */
export const TRAINING_SETTINGS: SettingsFor<Omit<TrainingConfig, Nested>> = Object.freeze({
  towers: { kind: 'choice', default: 'shared', choices: ['shared', 'separate'] },
  positives: { kind: 'choice', default: 'relevance', choices: ['relevance', 'label', 'augmentation'] },
  hardNegativeSetId: { kind: 'id', default: null },
  batchSize: { kind: 'number', default: 512, minimum: 2, maximum: 65_536, multipleOf: 1 },
  accumulateSteps: { kind: 'number', default: 1, minimum: 1, maximum: 1_024, multipleOf: 1 },
  epochs: { kind: 'number', default: 10, minimum: 1, maximum: 10_000, multipleOf: 1 },
  maxSteps: { kind: 'number', default: null, minimum: 1, maximum: 1_000_000_000, multipleOf: 1 },
  learningRate: { kind: 'number', default: 0.01, minimum: 1e-7, maximum: 10 },
  warmupFraction: { kind: 'number', default: 0.1, minimum: 0, maximum: 0.9 },
  schedule: { kind: 'choice', default: 'cosine', choices: ['cosine', 'linear', 'constant'] },
  clipNorm: { kind: 'number', default: null, minimum: 1e-6, maximum: 1e6 },
  seed: { kind: 'number', default: 1, minimum: 0, maximum: 2_147_483_647, multipleOf: 1 },
  evaluateEvery: { kind: 'number', default: null, minimum: 1, maximum: 1_000_000_000, multipleOf: 1 },
  diagnosticsEvery: { kind: 'number', default: null, minimum: 1, maximum: 1_000_000_000, multipleOf: 1 },
  checkpointEvery: { kind: 'number', default: null, minimum: 1, maximum: 1_000_000_000, multipleOf: 1 },
  keepCheckpoints: { kind: 'number', default: 2, minimum: 1, maximum: 100, multipleOf: 1 },
  metric: { kind: 'choice', default: 'ndcgAt10', choices: QUALITY_METRICS },
  validationFraction: { kind: 'number', default: 0.05, minimum: 0, maximum: 0.5 },
  backend: { kind: 'choice', default: 'auto', choices: ['auto', 'tensorflow', 'wasm'] },
});

export const ENCODER_SETTINGS = Object.freeze({
  'text-static': {
    dimensions: { kind: 'number', default: 256, minimum: 8, maximum: 1_024, multipleOf: 8 },
    vocabularySize: { kind: 'number', default: 30_000, minimum: 256, maximum: 250_000, multipleOf: 1 },
    maxTokens: { kind: 'number', default: 512, minimum: 8, maximum: 8_192, multipleOf: 1 },
  } satisfies SettingsFor<Omit<TextStaticSpec, 'kind'>>,
  'vector-mlp': {
    dimensions: { kind: 'number', default: null, minimum: 8, maximum: 4_096, multipleOf: 8 },
    hidden: { kind: 'number', default: 512, minimum: 8, maximum: 8_192, multipleOf: 8 },
  } satisfies SettingsFor<Omit<VectorMlpSpec, 'kind'>>,
  'image-conv': {
    size: { kind: 'number', default: null, minimum: 8, maximum: 256, multipleOf: 1 },
    dimensions: { kind: 'number', default: 128, minimum: 8, maximum: 1_024, multipleOf: 8 },
    filters: { kind: 'number', default: 32, minimum: 8, maximum: 256, multipleOf: 8 },
  } satisfies SettingsFor<Omit<ImageConvSpec, 'kind'>>,
}) satisfies Record<EncoderKind, unknown>;
const DEFAULT_ENCODER: EncoderKind = 'text-static';
/**
 * Defaults that go by the encoder. A table's few touched rows take longer steps than weights that every input goes through. An image costs a
 * hundred times what a text does, so image datasets are small and want small batches to make steps of them; and untrained, images are alike, so that
 * a low temperature begins with a loss far above that of no knowledge at all, the way down from which is to make all of them one.
 */
const BY_ENCODER: Readonly<Record<EncoderKind, EncoderStandards>> = {
  'text-static': {},
  'vector-mlp': { learningRate: 0.001 },
  'image-conv': {
    learningRate: 0.003,
    batchSize: 128,
    temperature: 0.2,
    temperatureByLabel: { ofSeveral: 0.1, ofOne: 0.5 },
  },
};
interface EncoderStandards {
  readonly learningRate?: number;
  readonly batchSize?: number;
  readonly temperature?: number;
  /** By label: near any of several positives, and near the one of a pair, which may be quite unlike. */
  readonly temperatureByLabel?: { readonly ofSeveral: number; readonly ofOne: number };
}

export const PARADIGM_SETTINGS = Object.freeze({
  'in-batch-negatives': {
    temperature: { kind: 'number', default: 0.05, minimum: 0.01, maximum: 1 },
    learnTemperature: { kind: 'flag', default: false },
    symmetric: { kind: 'flag', default: false },
    hardNegatives: { kind: 'number', default: 0, minimum: 0, maximum: 64, multipleOf: 1 },
    maskEqualLabel: { kind: 'flag', default: false },
    gradCacheChunk: { kind: 'number', default: null, minimum: 1, maximum: 65_536, multipleOf: 1 },
    guideEncoderId: { kind: 'id', default: null },
    guideMargin: { kind: 'number', default: 0, minimum: 0, maximum: 1 },
  } satisfies SettingsFor<Omit<InBatchNegativesSpec, 'name'>>,
  'end-to-end': {
    negatives: { kind: 'number', default: 16, minimum: 1, maximum: 65_536, multipleOf: 1 },
    negativesFrom: { kind: 'choice', default: 'uniform', choices: ['uniform', 'given'] },
    shareNegatives: { kind: 'flag', default: false },
    temperature: { kind: 'number', default: 0.05, minimum: 0.01, maximum: 1 },
    learnTemperature: { kind: 'flag', default: false },
  } satisfies SettingsFor<Omit<EndToEndSpec, 'name'>>,
  'memory-bank': {
    negatives: { kind: 'number', default: 4_096, minimum: 1, maximum: 1_048_576, multipleOf: 1 },
    loss: { kind: 'choice', default: 'nce', choices: ['nce', 'sampled-info-nce', 'full-softmax'] },
    shareNegatives: { kind: 'flag', default: false },
    temperature: { kind: 'number', default: 0.07, minimum: 0.01, maximum: 1 },
    bankMomentum: { kind: 'number', default: 0.5, minimum: 0, maximum: 0.999 },
    initialise: { kind: 'choice', default: 'encoded', choices: ['encoded', 'random'] },
    proximalWeight: { kind: 'number', default: 0, minimum: 0, maximum: 100 },
    hardFraction: { kind: 'number', default: 0, minimum: 0, maximum: 1 },
  } satisfies SettingsFor<Omit<MemoryBankSpec, 'name'>>,
  'momentum-encoder': {
    negativesFrom: { kind: 'choice', default: 'queue', choices: ['queue', 'batch'] },
    queueSize: { kind: 'number', default: 65_536, minimum: 1, maximum: 1_048_576, multipleOf: 1 },
    momentum: { kind: 'number', default: 0.999, minimum: 0, maximum: 1 },
    rampMomentum: { kind: 'flag', default: false },
    symmetric: { kind: 'flag', default: true },
    predictor: { kind: 'flag', default: false },
    temperature: { kind: 'number', default: 0.05, minimum: 0.01, maximum: 1 },
    maskEqualLabel: { kind: 'flag', default: false },
    hardFraction: { kind: 'number', default: 0, minimum: 0, maximum: 1 },
  } satisfies SettingsFor<Omit<MomentumEncoderSpec, 'name'>>,
}) satisfies Record<ParadigmName, unknown>;
const DEFAULT_PARADIGM: ParadigmName = 'in-batch-negatives';

export const OPTIMIZER_SETTINGS = Object.freeze({
  adamw: {
    weightDecay: { kind: 'number', default: 0, minimum: 0, maximum: 1 },
    beta1: { kind: 'number', default: 0.9, minimum: 0, maximum: 0.9999 },
    beta2: { kind: 'number', default: 0.999, minimum: 0, maximum: 0.999999 },
    epsilon: { kind: 'number', default: 1e-8, minimum: 1e-12, maximum: 0.1 },
  } satisfies SettingsFor<Omit<AdamWSpec, 'name'>>,
  sgd: {
    weightDecay: { kind: 'number', default: 0, minimum: 0, maximum: 1 },
    momentum: { kind: 'number', default: 0.9, minimum: 0, maximum: 0.9999 },
  } satisfies SettingsFor<Omit<SgdSpec, 'name'>>,
}) satisfies Record<OptimizerSpec['name'], unknown>;
const DEFAULT_OPTIMIZER: OptimizerSpec['name'] = 'adamw';

export const EARLY_STOPPING_SETTINGS: SettingsFor<EarlyStopping> = Object.freeze({
  patience: { kind: 'number', default: 5, minimum: 1, maximum: 10_000, multipleOf: 1 },
  minDelta: { kind: 'number', default: 0, minimum: 0, maximum: 1 },
});

type Optional<T> = { readonly [K in keyof T]?: T[K] | undefined };
/** What a caller may give: any part of a config, the rest is filled in. */
export type TrainingConfigInput = Optional<Omit<TrainingConfig, Nested>> & {
  readonly encoder?: Optional<EncoderSpec> | undefined;
  readonly paradigm?: Optional<ParadigmSpec> | undefined;
  readonly optimizer?: Optional<OptimizerSpec> | undefined;
  readonly earlyStopping?: Optional<EarlyStopping> | null | undefined;
  readonly matryoshka?: readonly number[] | undefined;
  /** Its mining is taken as it is: who asks for it has resolved it. */
  readonly refresh?: RefreshSpec | null | undefined;
};

/**
 * Fills in defaults and checks bounds.
 * @param input any part of a config; also an unchecked value from outside, or a config that was resolved before
 * @param path where the input sits in what the caller sent, for the error's `field`
 * @returns a deeply frozen config; resolving it again gives an equal one
 * @throws QuartetError BAD_INPUT naming the field, the value and the bound
 */
export function resolveTrainingConfig(
  input: TrainingConfigInput | unknown = {},
  path: readonly string[] = [],
): TrainingConfig {
  const { encoder, paradigm, optimizer, earlyStopping, matryoshka, refresh, ...rest } = expectObject(input, path);
  const encoderPath = [...path, 'encoder'];
  const ofEncoder = resolveVariant<EncoderSpec>('kind', DEFAULT_ENCODER, ENCODER_SETTINGS, encoder, encoderPath);
  const { temperature: _, temperatureByLabel: __, ...standards } = BY_ENCODER[ofEncoder.kind];
  const ofParadigm = withTemperature(paradigm, ofEncoder.kind, rest.positives === 'label');
  const own = resolveSettings<Omit<TrainingConfig, Nested>>(TRAINING_SETTINGS, { ...standards, ...given(rest) }, path);
  if (own.metric === 'knnAccuracy' && own.positives === 'relevance') {
    refuse([...path, 'metric'], 'is knnAccuracy, which is measured by labels: take positives by label or augmentation');
  }
  const resolved = Object.freeze({
    encoder: ofEncoder,
    paradigm: resolveVariant<ParadigmSpec>(
      'name',
      DEFAULT_PARADIGM,
      PARADIGM_SETTINGS,
      own.hardNegativeSetId === null && !refresh ? ofParadigm : usingGiven(ofParadigm),
      [...path, 'paradigm'],
    ),
    optimizer: resolveVariant<OptimizerSpec>('name', DEFAULT_OPTIMIZER, OPTIMIZER_SETTINGS, optimizer, [
      ...path,
      'optimizer',
    ]),
    earlyStopping: resolveOptional(EARLY_STOPPING_SETTINGS, earlyStopping, [...path, 'earlyStopping']),
    matryoshka: resolveWidths(matryoshka, [...path, 'matryoshka']),
    refresh: resolveRefresh(refresh, [...path, 'refresh']),
    ...own,
  });
  refuseUnfitWidths(resolved, [...path, 'matryoshka']);
  refuseUnfitTowers(resolved, [...path, 'towers']);
  return resolved;
}

function given(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** The encoder's own temperature unless the caller says otherwise. */
function withTemperature(input: unknown, encoder: EncoderKind, byLabel: boolean): unknown {
  if (input !== undefined && (typeof input !== 'object' || input === null)) return input;
  const { name = DEFAULT_PARADIGM } = (input ?? {}) as { readonly name?: unknown };
  const { temperature, temperatureByLabel } = BY_ENCODER[encoder];
  const own = byLabel ? temperatureByLabel?.[takesSeveralPositives(name) ? 'ofSeveral' : 'ofOne'] : temperature;
  return own === undefined ? input : { temperature: own, ...given(input ?? {}) };
}

/** Whether a loss takes all positives of a query that its keys hold; others take the one that it is paired with. */
export function takesSeveralPositives(paradigm: unknown): boolean {
  return paradigm === 'in-batch-negatives' || paradigm === 'momentum-encoder';
}

/** Mined negatives are used unless the caller says otherwise. */
function usingGiven(input: unknown): unknown {
  if (input !== undefined && (typeof input !== 'object' || input === null)) return input;
  const { name = DEFAULT_PARADIGM } = (input ?? {}) as { readonly name?: unknown };
  const use = Object.entries(USE_OF_SET).find(([paradigm]) => paradigm === name)?.[1];
  return use === undefined ? input : { ...use, ...(input as object) };
}

/** What makes a paradigm take negatives that are given, where nobody says how many. */
export const USE_OF_SET = Object.freeze({
  'in-batch-negatives': { hardNegatives: 1 },
  'end-to-end': { negativesFrom: 'given' },
  'memory-bank': { hardFraction: 0.5 },
  'momentum-encoder': { hardFraction: 0.5 },
}) satisfies Record<ParadigmName, object>;

/** Bounds of how often a run mines anew. */
const REFRESH_TIMES = Object.freeze({ minimum: 1, maximum: 10 });

function resolveRefresh(input: unknown, path: readonly string[]): RefreshSpec | null {
  if (input === undefined || input === null) return null;
  const { times, mining } = expectObject(input, path);
  const { minimum, maximum } = REFRESH_TIMES;
  if (!Number.isInteger(times) || (times as number) < minimum || (times as number) > maximum) {
    refuse([...path, 'times'], `must be a whole number from ${minimum} to ${maximum}, got ${JSON.stringify(times)}`);
  }
  expectObject(mining, [...path, 'mining']);
  return Object.freeze({ times, mining } as RefreshSpec);
}

/** Bounds of `matryoshka`: so many widths, from and to. */
export const MATRYOSHKA_SETTINGS = Object.freeze({ widths: 8, minimum: 8, maximum: 4_096 });

function resolveWidths(input: unknown = [], path: readonly string[]): readonly number[] {
  const { widths, minimum, maximum } = MATRYOSHKA_SETTINGS;
  if (!Array.isArray(input) || input.length > widths) refuse(path, `must be a list of at most ${widths} widths`);
  for (const [i, width] of input.entries()) {
    if (!Number.isInteger(width) || width < minimum || width > maximum) {
      refuse(path, `must hold whole numbers from ${minimum} to ${maximum}, got ${JSON.stringify(width)}`);
    }
    if (i > 0 && width <= input[i - 1]) refuse(path, `must be ascending, got ${width} after ${input[i - 1]}`);
  }
  return Object.freeze([...input]);
}

function refuseUnfitWidths({ matryoshka, encoder, paradigm }: TrainingConfig, path: readonly string[]): void {
  const widest = matryoshka.at(-1);
  if (widest === undefined) return;
  if (paradigm.name === 'memory-bank' || paradigm.name === 'momentum-encoder') {
    refuse(path, `does not go with ${paradigm.name}, which keeps whole vectors: take in-batch-negatives or end-to-end`);
  }
  // An encoder as wide as its data is held against the widths when the data is there.
  if (encoder.dimensions !== null && widest > encoder.dimensions) {
    refuse(path, `must be at most the embedding's ${encoder.dimensions} dimensions, got ${widest}`);
  }
}

function refuseUnfitTowers({ towers, paradigm }: TrainingConfig, path: readonly string[]): void {
  if (towers === 'separate' && paradigm.name === 'momentum-encoder' && !paradigm.symmetric) {
    refuse(
      path,
      'is separate and the paradigm not symmetric, so no gradient would reach the items: let symmetric be true',
    );
  }
}

/** Resolves settings that are off unless they are given. */
function resolveOptional<Spec>(settings: SettingsFor<Spec>, input: unknown, path: readonly string[]): Spec | null {
  return input === undefined || input === null ? null : resolveSettings(settings, expectObject(input, path), path);
}

/** Resolves one member of a union told apart by `tag`. */
function resolveVariant<Spec>(
  tag: string,
  fallback: string,
  variants: Readonly<Record<string, unknown>>,
  input: unknown,
  path: readonly string[],
): Spec {
  const { [tag]: name = fallback, ...rest } = expectObject(input ?? {}, path);
  if (typeof name !== 'string' || !Object.hasOwn(variants, name)) {
    return refuse([...path, tag], `must be one of ${Object.keys(variants).join(', ')}, got ${JSON.stringify(name)}`);
  }
  const settings = variants[name] as SettingsFor<Record<string, number>>;
  return Object.freeze({ [tag]: name, ...resolveSettings(settings, rest, path) }) as Spec;
}
