import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Config } from '../../config/index.ts';
import { QuartetError } from '../../domain/errors.ts';
import { createLogger, type Logger } from '../../platform/logger.ts';
import type { Manifest } from '../../store/backup/manifest.ts';
import { openArtifacts } from '../../store/open-artifacts.ts';
import { placeOf } from '../artifacts-place.ts';
import { EXIT } from '../exit-codes.ts';
import { findServer } from '../server-file.ts';
import { configFor, outputFor } from '../session.ts';
import { examples } from './options.ts';

interface BackupCommandOptions {
  readonly data?: string;
  readonly json?: true;
  readonly verify?: true;
}

function command(name: string): Command {
  return new Command(name)
    .argument('<folder>', 'folder of the backup')
    .option('--data <dir>', 'data directory (default: $QUARTET_DATA, else .quartet)')
    .option('--json', 'one JSON value on standard output and nothing else, also for errors');
}

export function backupCommand(): Command {
  return command('backup')
    .description('write the database and all artifacts, as they are at one moment, into a new folder')
    .option('--verify', 'write nothing: check every byte of a backup that is there')
    .addHelpText(
      'after',
      `\nServers and workers go on meanwhile. With DATABASE_URL the external database is backed up.${examples([
        'quartet backup /backup/monday',
        'quartet backup /backup/monday --verify',
      ])}`,
    )
    .action(backup);
}

export function restoreCommand(): Command {
  return command('restore')
    .description('verify a backup and put it into an empty database and data directory')
    .addHelpText('after', examples(['quartet restore /backup/monday --data /var/lib/quartet']))
    .action(restore);
}

async function backup(given: string, options: BackupCommandOptions): Promise<void> {
  const folder = resolve(given);
  const output = outputFor(options);
  if (options.verify === true) {
    const { verifyBackup } = await import('../../store/backup/restore.ts');
    const manifest = await verifyBackup(folder);
    output.result(`${folder} is whole: ${contents(manifest)}, of ${manifest.createdAt}.`, summary(manifest));
    return;
  }
  const config = configFor(options);
  const { writeBackup } = await import('../../store/backup/write.ts');
  const { manifest, missing } = await withDatabase(config, async (url) => {
    const artifacts = await openArtifacts(placeOf(config));
    return await writeBackup({ url, dataDir: config.dataDir, artifacts, folder });
  });
  output.result(`${folder} holds ${contents(manifest)}.`, { folder, ...summary(manifest), missing });
  if (missing.length === 0) return;
  output.note(`${missing.length} artifacts that rows name were missing or damaged before: ${missing.join(', ')}`);
  process.exitCode = EXIT.failed;
}

async function restore(given: string, options: BackupCommandOptions): Promise<void> {
  const folder = resolve(given);
  const config = configFor(options);
  const running = await findServer(config.dataDir);
  if (running !== undefined) {
    throw new QuartetError('CONFLICT', `a server runs on ${config.dataDir} (${running}); stop it before a restore`);
  }
  const { restoreBackup } = await import('../../store/backup/restore.ts');
  const manifest = await withDatabase(config, async (url, logger) => {
    const artifacts = await openArtifacts(placeOf(config));
    return await restoreBackup({ url, dataDir: config.dataDir, artifacts, folder, logger });
  });
  outputFor(options).result(`Restored ${contents(manifest)}, of ${manifest.createdAt}.`, summary(manifest));
}

/** The embedded server is joined, or started for as long as it takes; no migration is applied. */
async function withDatabase<T>(config: Config, use: (url: string, logger: Logger) => Promise<T>): Promise<T> {
  const logger = createLogger({ level: config.logLevel === 'info' ? 'warn' : config.logLevel, json: config.logJson });
  if (config.databaseUrl !== undefined) return await use(config.databaseUrl, logger);
  const { joinServer } = await import('../../store/embedded/membership.ts');
  const { url, leave } = await joinServer({ dataDir: config.dataDir, logger });
  try {
    return await use(url, logger);
  } finally {
    leave();
  }
}

function summary({ createdAt, tables, artifacts, uploads }: Manifest): object {
  const rows = Object.fromEntries(tables.map((table) => [table.name, table.rows]));
  return { createdAt, rows, artifacts: artifacts.length, uploads: uploads.length };
}

function contents({ tables, artifacts, uploads }: Manifest): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return `${rows.toLocaleString('en-US')} rows, ${artifacts.length} artifacts, ${uploads.length} uploads`;
}
