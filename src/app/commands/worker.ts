import { Command } from 'commander';
import { createLogger } from '../../platform/logger.ts';
import { configFor } from '../session.ts';
import { examples } from './options.ts';
import { untilTerminated } from './until-terminated.ts';

export function workerCommand(): Command {
  return new Command('worker')
    .description('work on jobs without serving; any number of them share the work')
    .option('--data <dir>', 'data directory, shared with the server (default: $QUARTET_DATA, else .quartet)')
    .addHelpText(
      'after',
      examples(['quartet worker', 'DATABASE_URL=postgresql://… quartet worker --data /mnt/shared/quartet']),
    )
    .action(work);
}

async function work({ data }: { readonly data?: string }): Promise<void> {
  const config = configFor(data === undefined ? {} : { data });
  const logger = createLogger({ level: config.logLevel, json: config.logJson });
  const [{ openServices, startWorking }, { startHousekeeping }] = await Promise.all([
    import('../compose.ts'),
    import('../housekeeping.ts'),
  ]);
  await untilTerminated(logger, async () => {
    const app = await openServices(config, logger);
    const worker = startWorking(app, logger);
    const endHousekeeping = startHousekeeping(app, logger);
    logger.info('working on jobs');
    return {
      async stop() {
        await endHousekeeping();
        await worker.stop();
        await app.close();
      },
    };
  });
}
