import { type Command, Option } from 'commander';
import { QuartetError } from '../../domain/errors.ts';
import { decimal, given, whole } from './options.ts';

export interface OptimizerOptions {
  readonly optimizer?: 'adamw' | 'sgd';
  readonly weightDecay?: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  readonly sgdMomentum?: number;
  readonly patience?: number;
  readonly minDelta?: number;
}

export function addOptimizerOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--optimizer <name>', 'what makes a step of a gradient (default: adamw)').choices(['adamw', 'sgd']),
    )
    .option('--weight-decay <x>', 'share of a weight that a step of learning rate 1 takes off it (default: 0)', decimal)
    .option('--beta1 <x>', 'adamw: decay of the mean of gradients (default: 0.9)', decimal)
    .option('--beta2 <x>', 'adamw: decay of the mean of their squares (default: 0.999)', decimal)
    .option('--epsilon <x>', 'adamw: added to the root of that mean (default: 1e-8)', decimal)
    .option('--sgd-momentum <x>', 'sgd: share of the velocity that is kept (default: 0.9)', decimal)
    .option('--clip-norm <x>', 'largest norm of the gradient (default: no bound)', decimal);
}

export function addStoppingOptions(command: Command): Command {
  return command
    .option('--patience <n>', 'stop early after so many evaluations without improvement (default: never)', whole)
    .option('--min-delta <x>', 'what an improvement must be more than, with --patience (default: 0)', decimal);
}

/** @throws QuartetError BAD_INPUT for an option of the other optimizer */
export function optimizerInput(options: OptimizerOptions): object | undefined {
  const { optimizer, weightDecay, beta1, beta2, epsilon, sgdMomentum } = options;
  const adamw = given({ beta1, beta2, epsilon });
  const sgd = given({ momentum: sgdMomentum });
  if (optimizer === 'sgd' && Object.keys(adamw).length > 0) {
    throw new QuartetError('BAD_INPUT', '--beta1, --beta2 and --epsilon belong to --optimizer adamw.');
  }
  if (optimizer !== 'sgd' && sgdMomentum !== undefined) {
    throw new QuartetError('BAD_INPUT', '--sgd-momentum belongs to --optimizer sgd.');
  }
  return optimizer === 'sgd'
    ? { sgd: { ...sgd, ...given({ weightDecay }) } }
    : { adamw: { ...adamw, ...given({ weightDecay }) } };
}

/** @throws QuartetError BAD_INPUT for a least improvement without patience */
export function earlyStoppingInput({ patience, minDelta }: OptimizerOptions): object | undefined {
  if (patience !== undefined) return { patience, ...given({ minDelta }) };
  if (minDelta !== undefined) throw new QuartetError('BAD_INPUT', '--min-delta goes with --patience.');
  return undefined;
}
