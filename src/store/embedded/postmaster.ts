import { spawn } from 'node:child_process';
import { open, readdir, readFile, readlink, realpath, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SECOND } from '../../platform/clock.ts';
import { isAlive } from '../../platform/processes.ts';
import { runAs } from './account.ts';
import type { Binaries } from './binaries.ts';
import { SERVER_ENVIRONMENT } from './cluster.ts';
import { give, type Place } from './place.ts';

/*
 * One PostgreSQL server of a place. All of this is called by the holder of the place's lock only, so at most one process
 * starts, adopts or kills servers of the place.
 */
export interface Postmaster {
  readonly pid: number;
  /** Resolves when the process is gone. */
  readonly exited: Promise<void>;
}

const POLL = 20;
/** Starts that may be killed one after another before it is told. */
const STARTS = 5;

/**
 * Brings the server up: takes over one that outlived its guardian, else starts a new one, after what a `kill -9` left behind
 * (a stale pid file, back ends without a server) has been cleared away.
 * @throws Error with the tail of the server's log when it does not come up
 */
export async function bringUp(
  place: Place,
  binaries: Binaries,
  settings: Readonly<Record<string, string>>,
): Promise<Postmaster> {
  const orphan = await findOrphan(place);
  if (orphan !== undefined && (await becomesReady(place, orphan))) return orphan;
  for (let attempt = 1; ; attempt++) {
    await clearLeftovers(place);
    const started = await startOnce(place, binaries, settings);
    if (!(started instanceof Error)) return started;
    if (attempt >= STARTS || !wasKilled(started)) throw started;
  }
}

/** @returns the server once it is ready, or why it is not */
async function startOnce(
  place: Place,
  binaries: Binaries,
  settings: Readonly<Record<string, string>>,
): Promise<Postmaster | Error> {
  const log = await open(place.serverLog, 'a');
  await give(place.serverLog, place.owner);
  const logStart = (await log.stat()).size;
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(binaries.postgres, ['-D', place.cluster, ...options], {
    ...runAs(place.account),
    env: SERVER_ENVIRONMENT,
    stdio: ['ignore', log.fd, log.fd],
    // Its own session, so that a Ctrl-C on the terminal does not stop it under the guardian.
    detached: true,
  });
  const failed = new Promise<Error>((resolve) => child.once('error', resolve));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await log.close();
  if (child.pid === undefined) return await failed;
  const postmaster = { pid: child.pid, exited };
  if (await becomesReady(place, postmaster)) return postmaster;
  const reason = `PostgreSQL stopped while starting: ${await tail(place.serverLog, logStart)}`;
  return new Error(reason, { cause: child.signalCode });
}

/** By somebody, or by the system for want of memory: that says nothing about the next start. */
function wasKilled({ cause }: Error): boolean {
  return cause === 'SIGKILL';
}

/** Stops the server: politely, then at once (recovery follows at the next start), then by force. */
export async function shutDown(place: Place, postmaster: Postmaster, how: 'fast' | 'immediate'): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    ['SIGQUIT', 5 * SECOND],
    ['SIGKILL', 5 * SECOND],
  ];
  if (how === 'fast') steps.unshift(['SIGINT', 30 * SECOND]);
  for (const [signal, patience] of steps) {
    sendSignal(postmaster.pid, signal);
    const gone = postmaster.exited.then(() => true);
    if (await Promise.race([gone, sleep(patience, false, { ref: false })])) break;
  }
  await killBackends(place);
}

/** A postmaster of this place that runs though nobody guards it. */
async function findOrphan(place: Place): Promise<Postmaster | undefined> {
  const pid = (await readPidFile(place))?.pid;
  if (pid === undefined || !isAlive(pid) || !(await belongsTo(place, pid))) return undefined;
  return { pid, exited: pollExit(pid) };
}

async function pollExit(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(200, undefined, { ref: false });
}

async function becomesReady(place: Place, postmaster: Postmaster): Promise<boolean> {
  let gone = false;
  postmaster.exited.then(() => {
    gone = true;
  });
  while (!gone) {
    const file = await readPidFile(place);
    if (file?.pid === postmaster.pid && file.status === 'ready') return true;
    await sleep(POLL);
  }
  return false;
}

/** Lines of postmaster.pid: 1 is the pid, 8 the state ("starting", "ready", "stopping"). */
async function readPidFile(place: Place): Promise<{ pid: number; status: string | undefined } | undefined> {
  const text = await readFile(join(place.cluster, 'postmaster.pid'), 'utf8').catch(() => undefined);
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 1 ? { pid, status: lines[7]?.trim() } : undefined;
}

async function clearLeftovers(place: Place): Promise<void> {
  await killBackends(place);
  const pid = (await readPidFile(place))?.pid;
  // After a reboot the number may be somebody else's process, and PostgreSQL would refuse to start for as long as that lives.
  if (pid !== undefined && isAlive(pid) && !(await belongsTo(place, pid))) {
    await rm(join(place.cluster, 'postmaster.pid'), { force: true });
  }
}

/** Back ends of a killed server notice its death only between statements, and no new server starts beside them. */
async function killBackends(place: Place): Promise<void> {
  if (process.platform !== 'linux') return;
  for (let round = 0; round < 100; round++) {
    const left = await processesOf(place);
    if (left.length === 0) return;
    for (const pid of left) sendSignal(pid, 'SIGKILL');
    await sleep(POLL);
  }
}

/** Processes that work in the cluster's folder, as every PostgreSQL process of it does. Linux only. */
async function processesOf(place: Place): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 1 && pid !== process.pid);
  const ours = await Promise.all(pids.map((pid) => belongsTo(place, pid)));
  return pids.filter((_, index) => ours[index]);
}

async function belongsTo(place: Place, pid: number): Promise<boolean> {
  // Elsewhere than on Linux there is no telling, and the pid file has to be believed.
  if (process.platform !== 'linux') return true;
  try {
    const [folder, cluster, program] = await Promise.all([
      readlink(`/proc/${pid}/cwd`),
      realpath(place.cluster),
      readlink(`/proc/${pid}/exe`),
    ]);
    return folder === cluster && /\/postgres( \(deleted\))?$/.test(program);
  } catch {
    return false;
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}

async function tail(path: string, start: number): Promise<string> {
  const { size } = await stat(path);
  const text = (await readFile(path))
    .subarray(Math.max(start, size - 2_000))
    .toString('utf8')
    .trim();
  return text === '' ? `nothing in ${path} says why` : text.split('\n').slice(-8).join('\n');
}
