import { appendFileSync, chmodSync, rmSync, statSync, truncateSync } from 'node:fs';
import { rename, rm, rmdir } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SECOND } from '../../platform/clock.ts';
import { findBinaries } from './binaries.ts';
import { ensureCluster } from './cluster.ts';
import { describeFailure } from './failure.ts';
import { ANOTHER_GUARDIAN, encodeState, type GuardianOptions, type GuardianState } from './guardian-protocol.ts';
import { takeFileLock } from './lock.ts';
import { describePlace, give, makePrivateFolder, type Place, pointerFile } from './place.ts';
import { bringUp, type Postmaster, shutDown } from './postmaster.ts';
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
  const place = await describePlace(options.root);
  const lock = takeFileLock(place.lock);
  if (lock === undefined) return ANOTHER_GUARDIAN;
  await give(place.lock, place.owner);
  await makePrivateFolder(place.run, place.account);
  for (const path of [place.guardianLog, place.serverLog]) cutLog(path);
  const users = await admitUsers(place, options.grace);
  log(place, `guardian ${process.pid} started`);
  const server = await keepServer(place, options, users);
  log(place, `guardian ${process.pid} leaves`);
  users.close();
  if (options.ephemeral) await vanish(place, options.dataDir, server);
  else if (server !== undefined) await shutDown(place, server, 'fast');
  if (!place.run.startsWith(place.root)) await rm(place.run, { recursive: true, force: true });
  lock.release();
  return 0;
}

/** Starts the server, and starts it again when it dies, until the users have left. @returns the server that then runs */
async function keepServer(place: Place, options: GuardianOptions, users: Users): Promise<Postmaster | undefined> {
  let failures = 0;
  while (!users.gone()) {
    try {
      const binaries = await findBinaries(place);
      await ensureCluster(place, binaries);
      const server = await bringUp(place, binaries, { ...(await serverSettings(place)), ...options.settings });
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

/** The names go first, so that a process that comes now finds nothing and makes a new place. */
async function vanish(place: Place, dataDir: string, server: Postmaster | undefined): Promise<void> {
  const going = `${place.root}.going-${process.pid}`;
  await rm(pointerFile(dataDir), { force: true });
  await rename(place.root, going);
  if (server !== undefined) await shutDown({ ...place, cluster: join(going, 'cluster') }, server, 'immediate');
  await rm(going, { recursive: true, force: true, maxRetries: 5 });
  // Stays when anything else is in it.
  await rmdir(dataDir).catch(() => {});
}

function cutLog(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_LIMIT) truncateSync(path);
}

function log(place: Place, message: string): void {
  appendFileSync(place.guardianLog, `${new Date().toISOString()} ${message}\n`);
}

if (import.meta.main) {
  const options = JSON.parse(process.argv[2] as string) as GuardianOptions;
  process.exitCode = await guard(options);
  process.exit();
}
