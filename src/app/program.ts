import { Command, CommanderError } from 'commander';
import { QuartetError } from '../domain/errors.ts';
import { backupCommand, restoreCommand } from './commands/backup.ts';
import { compareCommand } from './commands/compare.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { exportCommand } from './commands/export.ts';
import { gcCommand } from './commands/gc.ts';
import { importCommand } from './commands/import.ts';
import { indexCommand } from './commands/index-dataset.ts';
import { keysCommand } from './commands/keys.ts';
import { mapCommand } from './commands/map.ts';
import { mineCommand } from './commands/mine.ts';
import { promoteCommand, rollbackCommand } from './commands/promote.ts';
import { refineCommand } from './commands/refine.ts';
import { retentionCommand } from './commands/retention.ts';
import { cancelCommand, pauseCommand, resumeCommand } from './commands/runs.ts';
import { searchCommand } from './commands/search.ts';
import { serveCommand } from './commands/serve.ts';
import { trainCommand } from './commands/train.ts';
import { workerCommand } from './commands/worker.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { VERSION } from './version.ts';

export function createProgram(): Command {
  const program = new Command('quartet')
    .description(
      'Train contrastive encoders on your own data, index them in HNSW, search them through one GraphQL API.',
    )
    .version(VERSION)
    .addHelpText(
      'after',
      `
The usual way:
  $ quartet serve                                                    (optional: commands start a server for themselves)
  $ quartet import --dataset faq --file faq.csv --query question --positive answer
  $ quartet train --dataset faq
  $ quartet index --dataset faq
  $ quartet search "how do I reset my password" --dataset faq

Exit status: 0 done, 1 the work failed, 2 wrong input, 3 no server or database, 130 cancelled.
Settings come from the environment: QUARTET_DATA, QUARTET_HOST, QUARTET_PORT, QUARTET_BACKEND, QUARTET_AUTH,
QUARTET_KEY, DATABASE_URL; see README.md.`,
    );
  for (const command of [
    serveCommand(),
    workerCommand(),
    importCommand(),
    trainCommand(),
    pauseCommand(),
    resumeCommand(),
    cancelCommand(),
    compareCommand(),
    evaluateCommand(),
    indexCommand(),
    mapCommand(),
    mineCommand(),
    refineCommand(),
    promoteCommand(),
    rollbackCommand(),
    retentionCommand(),
    searchCommand(),
    demoCommand(),
    exportCommand(),
    keysCommand(),
    gcCommand(),
    doctorCommand(),
    backupCommand(),
    restoreCommand(),
  ]) {
    program.addCommand(command);
  }
  for (const command of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
    command.exitOverride();
    command.configureOutput({ outputError: () => {} });
  }
  return program;
}

/** Runs one command line. Never throws. @returns the exit status */
export async function main(argv: readonly string[]): Promise<number> {
  const json = argv.includes('--json');
  try {
    await createProgram().parseAsync([...argv]);
    return Number(process.exitCode ?? EXIT.done);
  } catch (error) {
    return report(error, json);
  }
}

/** Says what went wrong: to people on standard error, to machines as JSON on standard output. */
function report(error: unknown, json: boolean): number {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
  const { code, message, field, status } = described(error);
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ error: { code, message, ...(field === undefined ? {} : { field }) } })}\n`,
    );
  } else {
    process.stderr.write(`quartet: ${message}\n`);
  }
  if (code === 'INTERNAL' && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return status;
}

interface Described {
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly field?: readonly string[];
}

function described(error: unknown): Described {
  if (error instanceof QuartetError) {
    const { code, message, field } = error;
    return { code, message, status: exitCodeOf(code), ...(field === undefined ? {} : { field }) };
  }
  if (error instanceof CommanderError) {
    // `commander.help` is the bare command: the help was written already.
    const message =
      error.code === 'commander.help' ? 'name a command' : error.message.replace(/^error: /, '').replace('\n', ' ');
    return { code: 'BAD_INPUT', message: `${message} (quartet --help tells more)`, status: EXIT.usage };
  }
  return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error), status: EXIT.failed };
}
