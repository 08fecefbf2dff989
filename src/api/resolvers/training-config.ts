import type { NegativeSetId } from '../../domain/ids.ts';
import type {
  EncoderKind as DomainEncoderKind,
  EndToEndSpec,
  MemoryBankSpec,
  MomentumEncoderSpec,
  OptimizerSpec,
  ParadigmName,
  TrainingConfig,
} from '../../domain/training.ts';
import type {
  BackendChoice,
  BankInitialisation,
  EncoderInput,
  EncoderKind,
  LearningRateSchedule,
  MemoryBankLoss,
  MomentumNegativeSource,
  NegativeSource,
  OptimizerInput,
  Paradigm,
  ParadigmInput,
  Positives,
  Resolvers,
  StartTrainingInput,
  Towers,
} from '../generated/resolvers.ts';
import { rowId, toGlobalId } from '../global-ids.ts';
import { qualityMetrics, toDomainMetric } from './quality-metric.ts';

/*
 * The same settings under two spellings: `in-batch-negatives` in the domain, a member `inBatchNegatives` of a oneOf input,
 * `IN_BATCH_NEGATIVES` as an enum. Each table is complete by its type.
 */
export const encoderKinds: Readonly<Record<DomainEncoderKind, EncoderKind>> = {
  'text-static': 'TEXT_STATIC',
  'vector-mlp': 'VECTOR_MLP',
  'image-conv': 'IMAGE_CONV',
};
export const paradigms: Readonly<Record<ParadigmName, Paradigm>> = {
  'in-batch-negatives': 'IN_BATCH_NEGATIVES',
  'end-to-end': 'END_TO_END',
  'memory-bank': 'MEMORY_BANK',
  'momentum-encoder': 'MOMENTUM_ENCODER',
};

const schedules: Readonly<Record<TrainingConfig['schedule'], LearningRateSchedule>> = {
  cosine: 'COSINE',
  linear: 'LINEAR',
  constant: 'CONSTANT',
};
const positives: Readonly<Record<TrainingConfig['positives'], Positives>> = {
  relevance: 'RELEVANCE',
  label: 'LABEL',
  augmentation: 'AUGMENTATION',
};
const towerSettings: Readonly<Record<TrainingConfig['towers'], Towers>> = { shared: 'SHARED', separate: 'SEPARATE' };
const backends: Readonly<Record<TrainingConfig['backend'], BackendChoice>> = {
  auto: 'AUTO',
  tensorflow: 'TENSORFLOW',
  wasm: 'WASM',
};

const negativeSources: Readonly<Record<EndToEndSpec['negativesFrom'], NegativeSource>> = {
  uniform: 'UNIFORM',
  given: 'GIVEN',
};
const bankLosses: Readonly<Record<MemoryBankSpec['loss'], MemoryBankLoss>> = {
  nce: 'NCE',
  'sampled-info-nce': 'SAMPLED_INFO_NCE',
  'full-softmax': 'FULL_SOFTMAX',
};
const momentumSources: Readonly<Record<MomentumEncoderSpec['negativesFrom'], MomentumNegativeSource>> = {
  queue: 'QUEUE',
  batch: 'BATCH',
};
const bankInitialisations: Readonly<Record<MemoryBankSpec['initialise'], BankInitialisation>> = {
  encoded: 'ENCODED',
  random: 'RANDOM',
};

const encoderMembers: Readonly<Record<keyof EncoderInput, DomainEncoderKind>> = {
  textStatic: 'text-static',
  vectorMlp: 'vector-mlp',
  imageConv: 'image-conv',
};
const paradigmMembers: Readonly<Record<keyof ParadigmInput, ParadigmName>> = {
  inBatchNegatives: 'in-batch-negatives',
  endToEnd: 'end-to-end',
  memoryBank: 'memory-bank',
  momentumEncoder: 'momentum-encoder',
};

const optimizerMembers: Readonly<Record<keyof OptimizerInput, OptimizerSpec['name']>> = { adamw: 'adamw', sgd: 'sgd' };

/** @returns the config as the service takes it: what was left out, or given as null, stays out and gets its default there */
export function toTrainingConfig(input: StartTrainingInput): Readonly<Record<string, unknown>> {
  const { datasetId: _datasetId, idempotencyKey: _key, encoder, paradigm, optimizer, earlyStopping, ...own } = input;
  const { towers, positives, schedule, metric, backend, hardNegativeSetId, ...rest } = own;
  return withoutNulls({
    ...rest,
    encoder: member(encoder, encoderMembers, 'kind'),
    paradigm: withGuide(member(paradigm, paradigmMembers, 'name'), paradigm?.inBatchNegatives?.guideEncoderId),
    optimizer: member(optimizer, optimizerMembers, 'name'),
    earlyStopping: earlyStopping ? withoutNulls(earlyStopping) : undefined,
    towers: towers?.toLowerCase(),
    positives: positives?.toLowerCase(),
    hardNegativeSetId: hardNegativeSetId
      ? rowId('HardNegativeSet', hardNegativeSetId, ['input', 'hardNegativeSetId'])
      : undefined,
    schedule: schedule?.toLowerCase(),
    metric: metric ? toDomainMetric(metric) : undefined,
    backend: backend?.toLowerCase(),
  });
}

/**
 * Where a field of the service's config stands in the mutation's input.
 * @param field e.g. `['config', 'encoder', 'dimensions']`, of the service's error
 * @returns e.g. `['input', 'encoder', 'textStatic', 'dimensions']`
 */
export function toInputField(field: readonly string[], input: StartTrainingInput): string[] {
  const [, part, ...rest] = field;
  const given: object | null | undefined =
    part === 'encoder' || part === 'paradigm' || part === 'optimizer' ? input[part] : undefined;
  const name = given === null || given === undefined ? undefined : Object.keys(given)[0];
  return ['input', ...(part === undefined ? [] : [part]), ...(name === undefined ? [] : [name]), ...rest];
}

/** An id keeps its letters as they are, unlike an enum's value, and loses what the API adds. */
function withGuide(paradigm: object | undefined, id: string | null | undefined): object | undefined {
  if (id === null || id === undefined) return paradigm;
  const field = ['input', 'paradigm', 'inBatchNegatives', 'guideEncoderId'];
  return { ...paradigm, guideEncoderId: rowId('Encoder', id, field) };
}

function member(
  given: object | null | undefined,
  names: Readonly<Record<string, string>>,
  tag: string,
): object | undefined {
  const [entry] = Object.entries(given ?? {});
  if (entry === undefined) return undefined;
  const settings = Object.entries(withoutNulls(entry[1] as object)).map(([name, value]) => {
    // A setting that is text is an enum's value, spelled as the domain spells it in capitals with underscores.
    return [name, typeof value === 'string' ? value.toLowerCase().replaceAll('_', '-') : value];
  });
  return { [tag]: names[entry[0]], ...Object.fromEntries(settings) };
}

function withoutNulls(values: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}

export const trainingConfigResolvers = {
  TrainingConfig: {
    hardNegativeSet: ({ hardNegativeSetId }, _args, { loaders }) =>
      hardNegativeSetId ? loaders.HardNegativeSet.load(hardNegativeSetId as NegativeSetId) : null,
    // Runs of before there was a choice shared them.
    towers: (config) => towerSettings[config.towers ?? 'shared'],
    positives: (config) => positives[config.positives],
    schedule: ({ schedule }) => schedules[schedule],
    metric: ({ metric }) => qualityMetrics[metric],
    backend: ({ backend }) => backends[backend],
  },
  EncoderConfig: {
    __resolveType: ({ kind }) =>
      (
        ({
          'text-static': 'TextStaticConfig',
          'vector-mlp': 'VectorMlpConfig',
          'image-conv': 'ImageConvConfig',
        }) as const
      )[kind],
  },
  TextStaticConfig: {},
  VectorMlpConfig: {},
  ImageConvConfig: {},
  ParadigmConfig: {
    __resolveType: ({ name }) =>
      (
        ({
          'in-batch-negatives': 'InBatchNegativesConfig',
          'end-to-end': 'EndToEndConfig',
          'memory-bank': 'MemoryBankConfig',
          'momentum-encoder': 'MomentumEncoderConfig',
        }) as const
      )[name],
  },
  InBatchNegativesConfig: {
    guideEncoderId: ({ guideEncoderId }) => guideEncoderId && toGlobalId('Encoder', guideEncoderId),
  },
  EndToEndConfig: { negativesFrom: ({ negativesFrom }) => negativeSources[negativesFrom] },
  MemoryBankConfig: {
    loss: ({ loss }) => bankLosses[loss],
    initialise: ({ initialise }) => bankInitialisations[initialise],
  },
  MomentumEncoderConfig: { negativesFrom: ({ negativesFrom }) => momentumSources[negativesFrom] },
  OptimizerConfig: {
    __resolveType: ({ name }) => (({ adamw: 'AdamWConfig', sgd: 'SgdConfig' }) as const)[name],
  },
  AdamWConfig: {},
  SgdConfig: {},
} satisfies Pick<
  Resolvers,
  | 'TrainingConfig'
  | 'EncoderConfig'
  | 'TextStaticConfig'
  | 'VectorMlpConfig'
  | 'ImageConvConfig'
  | 'ParadigmConfig'
  | 'InBatchNegativesConfig'
  | 'EndToEndConfig'
  | 'MemoryBankConfig'
  | 'MomentumEncoderConfig'
  | 'OptimizerConfig'
  | 'AdamWConfig'
  | 'SgdConfig'
>;
