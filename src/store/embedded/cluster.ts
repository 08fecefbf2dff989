import { execFile } from 'node:child_process';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { QuartetError } from '../../domain/errors.ts';
import { fsyncDir } from '../../platform/atomic-file.ts';
import { runAs } from './account.ts';
import type { Binaries } from './binaries.ts';
import { give, makePrivateFolder, type Place } from './place.ts';

const execute = promisify(execFile);

/** Environment of PostgreSQL's programs: nothing of ours, so that no PG… or locale variable changes what they do. */
export const SERVER_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * Makes the cluster with the database `quartet` when there is none. A half-made one of a killed process is thrown away: the
 * cluster gets its name when it is whole. Sorting is by code point and the same on every machine (builtin C.UTF-8).
 */
export async function ensureCluster(place: Place, binaries: Binaries): Promise<void> {
  const version = await readFile(join(place.cluster, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version !== undefined) return checkVersion(version.trim(), place, binaries);
  // A name of its own: the initdb of a killed guardian may still be at work in another one.
  for (const name of await readdir(place.root)) {
    if (name.startsWith('cluster.making')) await rm(join(place.root, name), { recursive: true }).catch(() => {});
  }
  const making = `${place.cluster}.making-${process.pid}`;
  await makePrivateFolder(making, place.account);
  const passwordFile = join(place.run, 'initial-password');
  await rm(passwordFile, { force: true });
  await writeFile(passwordFile, `${place.password}\n`, { mode: 0o600 });
  await give(passwordFile, place.account.uid, place.account.gid);
  const options = { ...runAs(place.account), env: SERVER_ENVIRONMENT };
  try {
    await execute(
      binaries.initdb,
      [
        `--pgdata=${making}`,
        '--username=quartet',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ],
      options,
    );
    const single = execute(binaries.postgres, ['--single', '-D', making, 'postgres'], options);
    single.child.stdin?.end('CREATE DATABASE quartet;\n');
    await single;
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    throw new Error(`initdb failed: ${(error as { stderr?: string }).stderr || (error as Error).message}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(making, place.cluster);
  await fsyncDir(place.root);
}

function checkVersion(version: string, place: Place, binaries: Binaries): void {
  if (version === binaries.major) return;
  throw new QuartetError(
    'DATABASE_UNAVAILABLE',
    `the database in ${place.root} was made by PostgreSQL ${version}, and ${binaries.major} is installed; install the Quartet version that made it, or choose another data directory with QUARTET_DATA`,
  );
}
