import { Command, InvalidArgumentError } from 'commander';
import { HOUR } from '../../platform/clock.ts';
import { createLogger } from '../../platform/logger.ts';
import { configFor, outputFor } from '../session.ts';
import { megabytes, thousands } from '../terminal/output.ts';
import { examples } from './options.ts';

interface GcOptions {
  readonly data?: string;
  readonly json?: true;
  readonly dryRun?: true;
  readonly grace: number;
}

export function gcCommand(): Command {
  return new Command('gc')
    .description('remove artifacts that nothing refers to, as workers do by themselves once an hour')
    .option('--dry-run', 'remove nothing, say what would go')
    .option('--grace <hours>', 'leave what was made or used since; less than 24 only while no job runs', hours, 24)
    .option('--data <dir>', 'data directory (default: $QUARTET_DATA, else .quartet)')
    .option('--json', 'one JSON value on standard output and nothing else, also for errors')
    .addHelpText('after', examples(['quartet gc --dry-run', 'quartet gc']))
    .action(gc);
}

async function gc(options: GcOptions): Promise<void> {
  const config = configFor(options);
  const output = outputFor(options);
  const dryRun = options.dryRun === true;
  const logger = createLogger({ level: config.logLevel === 'info' ? 'warn' : config.logLevel, json: config.logJson });
  const { openServices } = await import('../compose.ts');
  const app = await openServices(config, logger);
  try {
    const round = await app.garbage.collect({ dryRun, grace: options.grace * HOUR });
    const lines = round.garbage.map(({ kind, sha256, bytes, usedAt }) => {
      return `${kind} ${sha256}  ${megabytes(bytes)}, used last ${new Date(usedAt).toISOString()}`;
    });
    const what = `${thousands(round.garbage.length)} of ${thousands(round.artifacts)} artifacts, ${megabytes(round.bytes)}`;
    const waiting = round.waiting === 0 ? '' : `; ${thousands(round.waiting)} more are named by nothing yet, but young`;
    output.result([...lines, `${dryRun ? 'Would remove' : 'Removed'} ${what}${waiting}.`].join('\n'), {
      dryRun,
      ...round,
    });
  } finally {
    await app.close();
  }
}

function hours(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 8_760)) throw new InvalidArgumentError('It must be a number of hours.');
  return value;
}
