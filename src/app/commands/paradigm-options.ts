import { type Command, Option } from 'commander';
import { QuartetError } from '../../domain/errors.ts';
import type { ParadigmName } from '../../domain/training.ts';
import { PARADIGM_SETTINGS } from '../../training/defaults.ts';
import { asEnum, decimal, whole } from './options.ts';

export const PARADIGM_NAMES = Object.keys(PARADIGM_SETTINGS) as readonly ParadigmName[];

/** A setting of one or several ways of training, as an option of `quartet train`. */
interface ParadigmOption {
  readonly flags: string;
  readonly says: string;
  /** As the settings name it. */
  readonly setting: string;
  readonly paradigms: readonly ParadigmName[];
  readonly parse?: (text: string) => number;
}

const IN_BATCH = 'in-batch-negatives';
const END_TO_END = 'end-to-end';
const BANK = 'memory-bank';
const MOMENTUM = 'momentum-encoder';
/** The one text that is no name of a choice. */
const GUIDE = 'guideEncoderId';

/** In the order of the help; an option that several take stands under the first of them. */
const OPTIONS: readonly ParadigmOption[] = [
  {
    flags: '--temperature <x>',
    says: 'divisor of cosines in the loss',
    setting: 'temperature',
    paradigms: PARADIGM_NAMES,
    parse: decimal,
  },
  {
    flags: '--learn-temperature',
    says: 'train the temperature too',
    setting: 'learnTemperature',
    paradigms: [IN_BATCH, END_TO_END],
  },
  {
    flags: '--symmetric',
    says: 'make keys find their queries too',
    setting: 'symmetric',
    paradigms: [IN_BATCH, MOMENTUM],
  },
  { flags: '--no-symmetric', says: 'do not', setting: 'symmetric', paradigms: [IN_BATCH, MOMENTUM] },
  {
    flags: '--mask-equal-label',
    says: 'no key of the label of the query is a negative',
    setting: 'maskEqualLabel',
    paradigms: [IN_BATCH, MOMENTUM],
  },
  {
    flags: '--hard-negatives <n>',
    says: 'given negatives of a query that join its batch',
    setting: 'hardNegatives',
    paradigms: [IN_BATCH],
    parse: whole,
  },
  {
    flags: '--grad-cache-chunk <n>',
    says: 'pairs in the encoder at a time: large batches in little memory',
    setting: 'gradCacheChunk',
    paradigms: [IN_BATCH],
    parse: whole,
  },
  {
    flags: '--guide-encoder-id <encoder>',
    says: 'id, name or name@version of an encoder that hides likely false negatives',
    setting: GUIDE,
    paradigms: [IN_BATCH],
  },
  {
    flags: '--guide-margin <x>',
    says: 'by how much less alike than the positive a key may be to be hidden',
    setting: 'guideMargin',
    paradigms: [IN_BATCH],
    parse: decimal,
  },
  {
    flags: '--negatives <n>',
    says: 'negatives of each query',
    setting: 'negatives',
    paradigms: [END_TO_END, BANK],
    parse: whole,
  },
  {
    flags: '--share-negatives',
    says: 'draw once for the whole batch',
    setting: 'shareNegatives',
    paradigms: [END_TO_END, BANK],
  },
  {
    flags: '--negatives-from <source>',
    says: 'uniform or given (end-to-end), queue or batch (momentum-encoder)',
    setting: 'negativesFrom',
    paradigms: [END_TO_END, MOMENTUM],
  },
  { flags: '--loss <name>', says: 'nce, sampled-info-nce or full-softmax', setting: 'loss', paradigms: [BANK] },
  {
    flags: '--bank-momentum <x>',
    says: 'share of a row that stays when its item is trained on',
    setting: 'bankMomentum',
    paradigms: [BANK],
    parse: decimal,
  },
  {
    flags: '--initialise <how>',
    says: 'what the bank holds at first: encoded or random',
    setting: 'initialise',
    paradigms: [BANK],
  },
  {
    flags: '--proximal-weight <x>',
    says: 'weight of the distance between query and bank row',
    setting: 'proximalWeight',
    paradigms: [BANK],
    parse: decimal,
  },
  {
    flags: '--hard-fraction <x>',
    says: 'share of given negatives among those of a query (memory-bank), or beside the batch (momentum-encoder)',
    setting: 'hardFraction',
    paradigms: [BANK, MOMENTUM],
    parse: decimal,
  },
  {
    flags: '--queue-size <n>',
    says: 'keys that the queue holds',
    setting: 'queueSize',
    paradigms: [MOMENTUM],
    parse: whole,
  },
  {
    flags: '--momentum <x>',
    says: "share of the key encoder's weights that stays at a step",
    setting: 'momentum',
    paradigms: [MOMENTUM],
    parse: decimal,
  },
  {
    flags: '--ramp-momentum',
    says: 'let that share rise to 1',
    setting: 'rampMomentum',
    paradigms: [MOMENTUM],
  },
  {
    flags: '--predictor',
    says: 'put a small network between the query side and the loss',
    setting: 'predictor',
    paradigms: [MOMENTUM],
  },
];

/** Adds the settings of all ways of training, each under its own. */
export function addParadigmOptions(command: Command): Command {
  for (const { flags, says, paradigms, setting, parse } of OPTIONS) {
    const [first = IN_BATCH, ...others] = paradigms;
    const shared = paradigms.length === PARADIGM_NAMES.length;
    const also = shared || others.length === 0 ? '' : ` [also ${others.join(', ')}]`;
    const option = new Option(flags, `${says}${also}${flags.startsWith('--no-') ? '' : defaults(paradigms, setting)}`);
    option.helpGroup(shared ? 'Every paradigm:' : `Paradigm ${first}:`);
    if (parse !== undefined) option.argParser(parse);
    command.addOption(option);
  }
  return command;
}

/** ` (default: 16, memory-bank 4096)` */
function defaults(paradigms: readonly ParadigmName[], setting: string): string {
  const standards = paradigms.map((paradigm) => {
    const settings = PARADIGM_SETTINGS[paradigm] as Readonly<Record<string, { readonly default: unknown }>>;
    return { paradigm, value: settings[setting]?.default };
  });
  const first = standards[0]?.value;
  const others = standards.filter(({ value }) => value !== first).map(({ paradigm, value }) => `${paradigm} ${value}`);
  if (others.length === 0 && (first === false || first === null)) return '';
  return ` (default: ${[first ?? 'none', ...others].join(', ')})`;
}

/**
 * @param options what was given on the command line
 * @returns the paradigm as `startTraining` takes it
 * @throws QuartetError BAD_INPUT for an option of another way of training
 */
export function paradigmInput(paradigm: ParadigmName, options: Readonly<Record<string, unknown>>): object {
  const settings: Record<string, unknown> = {};
  for (const { flags, setting, paradigms } of OPTIONS) {
    const name = new Option(flags).attributeName();
    if (options[name] === undefined) continue;
    if (!paradigms.includes(paradigm)) {
      const [flag] = flags.split(' ');
      throw new QuartetError('BAD_INPUT', `${flag} belongs to ${paradigms.join(', ')}, not to ${paradigm}.`);
    }
    const value = options[name];
    settings[setting] = typeof value === 'string' && setting !== GUIDE ? asEnum(value) : value;
  }
  return { [memberName(paradigm)]: settings };
}

/** `memory-bank` is the member memoryBank. */
function memberName(paradigm: ParadigmName): string {
  return paradigm.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
