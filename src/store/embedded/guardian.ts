import { appendFileSync, chmodSync, rmSync, statSync, truncateSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SECOND } from '../../platform/clock.ts';
import { findBinaries } from './binaries.ts';
import { ensureCluster } from './cluster.ts';
import { describeFailure } from './failure.ts';
import { ANOTHER_GUARDIAN, encodeState, type GuardianOptions, type GuardianState } from './guardian-protocol.ts';
import { type FileLock, takeFileLock } from './lock.ts';
import { describePlace, give, makePrivateFolder, type Place, removePlace } from './place.ts';
import { bringUp, type Postmaster, shutDown } from './postmaster.ts';
import { isGone } from './removal.ts';
import { serverSettings } from './settings.ts';

/*
 * A small process of its own that keeps the embedded PostgreSQL of one place, started by the first process that needs it.
 * Each user process keeps one connection to its socket; the kernel closes it however that process ends. States, told to
 * every user as a line of JSON when they change:
 *
 *   starting -> ready -> starting (the server died, it is started again) -> ready …
 *   starting -> failed (told with the reason) -> starting (tried again while a user waits) …
 *   any -> leaving: no user for the length of the grace, or SIGTERM. The socket closes, the server stops, the lock goes last.
 *
 * Killed with -9 it leaves the server running: users notice, start a new guardian, and that one takes the server over.
 */

/** A guardian that nobody has reached yet waits at least this long for its first user. */
const FIRST_USER_GRACE = 10 * SECOND;
/** Bytes of log past which a new guardian starts a fresh one. */
const LOG_LIMIT = 4 * 2 ** 20;

async function guard(options: GuardianOptions): Promise<number> {
  const held = await takePlace(options.root);
  if (held === undefined) return ANOTHER_GUARDIAN;
  const { place, lock } = held;
  await give(place.lock, place.owner);
  await makePrivateFolder(place.run, place.account);
  for (const path of [place.guardianLog, place.serverLog]) cutLog(path);
  const users = await admitUsers(place, options.grace);
  log(place, `guardian ${process.pid} started`);
  const server = await keepServer(place, options, users);
  log(place, `guardian ${process.pid} leaves`);
  users.close();
  // Before any name goes: a server that stops removes its socket by name, which would be the next server's by then.
  if (server !== undefined) await shutDown(place, server, options.ephemeral ? 'immediate' : 'fast');
  if (options.ephemeral) await removePlace(place, options.dataDir);
  if (!place.run.startsWith(place.root)) await rm(place.run, { recursive: true, force: true });
  lock.release();
  return 0;
}

/**
 * The place and its lock, which keeps it from being removed.
 * @returns undefined when another guardian holds it, or held it and has removed it
 */
async function takePlace(root: string): Promise<{ place: Place; lock: FileLock } | undefined> {
  try {
    const place = await describePlace(root);
    const lock = takeFileLock(place.lock);
    if (lock === undefined) return undefined;
    // The lock of a place that was removed meanwhile keeps nobody out. Each place has a password of its own.
    if ((await describePlace(root)).password === place.password) return { place, lock };
    lock.release();
    return undefined;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** Starts the server, and starts it again when it dies, until the users have left. @returns the server that then runs */
async function keepServer(place: Place, options: GuardianOptions, users: Users): Promise<Postmaster | undefined> {
  let failures = 0;
  while (!users.gone()) {
    try {
      const binaries = await findBinaries(place);
      await ensureCluster(place, binaries);
      const server = await bringUp(place, binaries, { ...(await serverSettings(place)), ...options.settings });
      if (users.gone()) return server;
      failures = 0;
      users.tell({ state: 'ready' });
      await Promise.race([server.exited, users.left]);
      if (users.gone()) return server;
      log(place, `PostgreSQL ${server.pid} died, starting it again`);
      users.tell({ state: 'starting' });
    } catch (error) {
      const failure = describeFailure(error, place.root);
      log(place, failure.message);
      users.tell({ state: 'failed', failure });
      await Promise.race([sleep(Math.min(5 * SECOND, 250 * 2 ** failures++)), users.left]);
      if (!users.gone()) users.tell({ state: 'starting' });
    }
  }
  return undefined;
}

interface Users {
  tell(state: GuardianState): void;
  /** Resolves when nobody has been connected for the grace, or on SIGTERM. */
  readonly left: Promise<void>;
  gone(): boolean;
  close(): void;
}

async function admitUsers(place: Place, grace: number): Promise<Users> {
  const connections = new Set<Socket>();
  const leaving = Promise.withResolvers<void>();
  let state: GuardianState = { state: 'starting' };
  let hasLeft = false;
  const leave = () => {
    hasLeft = true;
    leaving.resolve();
  };
  let timer = setTimeout(leave, Math.max(grace, FIRST_USER_GRACE));
  const server = createServer((connection) => {
    // Too late: who comes now has to start the next guardian.
    if (hasLeft) {
      connection.destroy();
      return;
    }
    clearTimeout(timer);
    connections.add(connection);
    connection.on('error', () => {});
    connection.on('data', () => {});
    connection.on('close', () => {
      connections.delete(connection);
      if (connections.size > 0) return;
      clearTimeout(timer);
      timer = setTimeout(leave, grace);
    });
    connection.write(encodeState(state));
  });
  // Only the lock's holder is here, so a socket file that exists is a dead guardian's.
  rmSync(place.guardianSocket, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(place.guardianSocket, resolve);
  });
  chmodSync(place.guardianSocket, 0o600);
  await give(place.guardianSocket, place.owner);
  process.on('SIGTERM', leave);
  process.on('SIGINT', leave);
  return {
    left: leaving.promise,
    gone: () => hasLeft,
    tell(next) {
      state = next;
      for (const connection of connections) connection.write(encodeState(next));
    },
    close() {
      server.close();
      for (const connection of connections) connection.destroy();
    },
  };
}

function cutLog(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT) truncateSync(path);
}

function log(place: Place, message: string): void {
  try {
    appendFileSync(place.guardianLog, `${new Date().toISOString()} ${message}\n`);
  } catch {
    // A full disk, above all: the users must be told about it all the same.
  }
}

if (import.meta.main) {
  const options = JSON.parse(process.argv[2] as string) as GuardianOptions;
  process.exitCode = await guard(options);
  process.exit();
}
