import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, chown, link, mkdir, readFile, realpath, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { QuartetError } from '../../domain/errors.ts';
import { sha256 } from '../../platform/hash.ts';
import { type Account, canEnter, chooseAccount } from './account.ts';
import { despiteRemoval, isGone } from './removal.ts';

/*
 * Where the embedded server lives. Normally `<data directory>/postgres`. When root runs us and the account that PostgreSQL
 * runs as can't enter the data directory (a checkout below a 0700 home), it lives in a system folder, and the file
 * `<data directory>/postgres.location` says which. Every process of a data directory finds the same place.
 */

export interface Place {
  readonly root: string;
  readonly account: Account;
  /** uid that owns our own files; PostgreSQL's belong to the account. */
  readonly owner: number;
  readonly cluster: string;
  /** Folder of the sockets, short enough for the 103 bytes that a socket's path may have. */
  readonly run: string;
  readonly guardianSocket: string;
  readonly lock: string;
  readonly guardianLog: string;
  readonly serverLog: string;
  readonly password: string;
}

const SYSTEM_FOLDERS = ['/var/lib/quartet', '/var/tmp/quartet', '/tmp/quartet'];
const LONGEST_SOCKET_PATH = 103;
const PORT = 5432;

/** Says where the place is when it is not in the data directory. */
function pointerFile(dataDir: string): string {
  return join(dataDir, 'postgres.location');
}

/** Takes the names of a stopped place away, so that a process that comes from now on makes a new one, then all that is in it. */
export async function removePlace(place: Place, dataDir: string): Promise<void> {
  const pointer = pointerFile(dataDir);
  if ((await readIfThere(pointer))?.trim() === place.root) await rm(pointer, { force: true });
  const going = `${place.root}.going-${process.pid}`;
  await rename(place.root, going);
  await rm(going, { recursive: true, force: true, maxRetries: 5 });
  // Stays when anything else is in it.
  await rmdir(dataDir).catch(() => {});
}

/** Finds the place of a data directory, or makes it. Safe to run in many processes at once, and while the place is removed. */
export function findPlace(dataDir: string): Promise<Place> {
  return despiteRemoval(() => findOrMake(dataDir));
}

async function findOrMake(dataDir: string): Promise<Place> {
  await mkdir(dataDir, { recursive: true });
  const home = await realpath(dataDir);
  const pointer = pointerFile(home);
  const recorded = await readIfThere(pointer);
  const root = recorded?.trim() ?? join(home, 'postgres');
  const owner = (await stat(home)).uid;
  const clusterOwner = await ownerIfThere(join(root, 'cluster'));
  const account = await chooseAccount(clusterOwner ?? owner);
  if (clusterOwner !== undefined && clusterOwner !== account.uid) {
    throw new QuartetError(
      'DATABASE_UNAVAILABLE',
      `the database in ${root} belongs to user id ${clusterOwner} and this process runs as ${account.uid}; run as that user, or choose another data directory with QUARTET_DATA`,
    );
  }
  if (recorded === undefined && clusterOwner === undefined && !(await letPass(account, home))) {
    const made = await makeSystemFolder(account);
    try {
      await createOnce(pointer, made);
    } finally {
      if ((await readIfThere(pointer))?.trim() !== made) await rm(made, { recursive: true, force: true });
    }
    return findOrMake(dataDir);
  }
  if ((await ownerIfThere(root)) === undefined) {
    // Removed after it was read: nobody would ever be sent there again.
    if (recorded !== undefined && (await readIfThere(pointer)) !== recorded) return findOrMake(dataDir);
    await mkdir(root, { recursive: true, mode: 0o755 });
  }
  await give(root, owner);
  if (account.lent) await chmod(root, 0o711);
  return describePlace(root);
}

/** The place at a root that `findPlace` made. @throws ENOENT when its guardian removes it meanwhile */
export async function describePlace(root: string): Promise<Place> {
  const owner = (await stat(root)).uid;
  const account = await chooseAccount((await ownerIfThere(join(root, 'cluster'))) ?? owner);
  const passwordFile = join(root, 'password');
  if ((await readIfThere(passwordFile)) === undefined) {
    await createOnce(passwordFile, randomBytes(24).toString('base64url'));
    await give(passwordFile, owner);
  }
  const password = (await readFile(passwordFile, 'utf8')).trim();
  const inside = join(root, 'run');
  const fits = Buffer.byteLength(join(inside, `.s.PGSQL.${PORT}`)) <= LONGEST_SOCKET_PATH;
  const run = fits ? inside : `/tmp/quartet-${sha256(password).slice(0, 24)}`;
  return {
    root,
    account,
    owner,
    cluster: join(root, 'cluster'),
    run,
    guardianSocket: join(run, 'guardian.sock'),
    lock: join(root, 'guardian.lock'),
    guardianLog: join(root, 'guardian.log'),
    serverLog: join(root, 'postgres.log'),
    password,
  };
}

/** URL of a database in the place's server: password over a unix socket, no TCP port. */
export function placeUrl(place: Place, database = 'quartet'): string {
  return `postgresql://quartet:${place.password}@localhost:${PORT}/${database}?host=${encodeURIComponent(place.run)}`;
}

/** Hands a file to its owner when root made it for somebody else. */
export async function give(path: string, uid: number, gid?: number): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const now = await stat(path);
  if (now.uid !== uid) await chown(path, uid, gid ?? now.gid);
}

/** Makes a folder for the account alone. @throws QuartetError when somebody else has taken the name */
export async function makePrivateFolder(path: string, account: Account): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await give(path, account.uid, account.gid);
  const made = await stat(path);
  if (made.uid !== account.uid) {
    throw new QuartetError('DATABASE_UNAVAILABLE', `${path} belongs to user id ${made.uid}; remove it and start again`);
  }
  await chmod(path, 0o700);
}

/**
 * Whether the account can enter the data directory. When that alone is private (as `mkdtemp` makes it) and root's, the account's group may
 * pass through it from now on, to nothing but names it knows. Folders above are not ours to change.
 */
async function letPass(account: Account, home: string): Promise<boolean> {
  if (await canEnter(account, home)) return true;
  const { mode, uid } = await stat(home);
  if (!account.lent || uid !== 0 || (mode & 0o077) !== 0 || !(await canEnter(account, dirname(home)))) return false;
  await chown(home, uid, account.gid);
  await chmod(home, (mode & 0o700) | 0o010);
  return true;
}

async function makeSystemFolder(account: Account): Promise<string> {
  const tried: string[] = [];
  for (const base of SYSTEM_FOLDERS) {
    try {
      await mkdir(base, { recursive: true, mode: 0o755 });
      const { uid, mode } = await stat(base);
      if (uid !== 0 || (mode & 0o022) !== 0) throw new Error('others may write there');
      const root = join(base, randomUUID());
      await mkdir(root, { mode: 0o755 });
      if (await canEnter(account, root)) return root;
      await rm(root, { recursive: true });
      throw new Error(`user id ${account.uid} may not enter it`);
    } catch (error) {
      tried.push(`${base}: ${(error as Error).message}`);
    }
  }
  throw new QuartetError(
    'DATABASE_UNAVAILABLE',
    `the data directory is closed to the user that PostgreSQL runs as, and no other place was found (${tried.join('; ')}); choose a data directory outside a private home with QUARTET_DATA, or set DATABASE_URL`,
  );
}

/** Creates a file whole or not at all; when another process was first, its content stays. */
async function createOnce(path: string, content: string): Promise<void> {
  const temporary = `${path}.${process.pid}.${randomUUID()}`;
  await writeFile(temporary, `${content}\n`, { mode: 0o600, flush: true });
  try {
    await link(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

async function ownerIfThere(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).uid;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
