import { type ErrorCode, QuartetError } from '../domain/errors.ts';

export interface ChildEnd {
  readonly name: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last lines it wrote to standard error. */
  readonly stderr: string;
}

const CODES: Readonly<Record<string, ErrorCode>> = {
  train: 'TRAINING_FAILED',
  'parse-import': 'IMPORT_FAILED',
};

/**
 * A child process died without giving a result or an error. It says nothing about the input, so the work is tried again,
 * and the message is for whoever reads it after the last try.
 */
export class ChildCrash extends QuartetError {
  readonly end: ChildEnd;

  constructor(end: ChildEnd) {
    const { what, remedy } = diagnose(end);
    const lastWords = end.stderr === '' ? '' : ` Its last words: ${end.stderr}`;
    super(CODES[end.name] ?? 'JOB_FAILED', `the ${end.name} process ${what}. ${remedy}${lastWords}`);
    this.end = end;
  }
}

const LESS_MEMORY = 'Give the machine more memory, or ask for less: smaller batchSize, vocabularySize or dimensions.';

function diagnose({ exitCode, signal, stderr }: ChildEnd): { what: string; remedy: string } {
  if (/heap out of memory/i.test(stderr)) return { what: 'ran out of JavaScript heap', remedy: LESS_MEMORY };
  switch (signal) {
    case 'SIGKILL':
      return {
        what: 'was killed by SIGKILL, which is what a system short of memory does',
        remedy: LESS_MEMORY,
      };
    case 'SIGABRT':
    case 'SIGSEGV':
    case 'SIGBUS':
    case 'SIGILL':
    case 'SIGFPE':
      return {
        what: `was ended by ${signal} in native code`,
        remedy: 'Run `quartet doctor` to check the native parts, or choose another backend with QUARTET_BACKEND=wasm.',
      };
    case null:
      return {
        what: `exited with code ${exitCode} without a result`,
        remedy: 'Run `quartet doctor` to check the set-up.',
      };
    default:
      return { what: `was ended by ${signal} from outside`, remedy: 'Start it again once the reason is known.' };
  }
}
