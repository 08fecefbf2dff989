import type { ChildProcess } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { QuartetError } from '../../domain/errors.ts';
import { MINUTE, SECOND } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { ANOTHER_GUARDIAN, type GuardianOptions, type GuardianState } from './guardian-protocol.ts';
import { findPlace, type Place, placeUrl } from './place.ts';
import { startGuardian } from './start-guardian.ts';

export interface JoinOptions extends Partial<Omit<GuardianOptions, 'root' | 'dataDir'>> {
  readonly dataDir: string;
  readonly logger: Logger;
}

/** This process's share in the embedded server of a data directory. The server runs while anybody is a member. */
export interface Membership {
  readonly url: string;
  leave(): void;
}

const GRACE = 2 * SECOND;
const RETRY = 50;

/**
 * Joins the embedded server of a data directory, starting it when nobody has. Resolves when it answers. Should its guardian
 * die, a new one is started in the background.
 * @throws QuartetError DATABASE_UNAVAILABLE or DISK_FULL with the reason and the remedy
 */
export async function joinServer(options: JoinOptions): Promise<Membership> {
  let left = false;
  let entered = await enter(options);
  const place = entered.place;

  async function watch(): Promise<void> {
    while (!left) {
      await entered.closed;
      if (left) return;
      options.logger.debug('the guardian of the embedded PostgreSQL is gone, joining again');
      try {
        entered = await enter(options);
      } catch (error) {
        options.logger.warn({ error }, 'the embedded PostgreSQL can not be joined again yet');
        await sleep(SECOND, undefined, { ref: false });
      }
    }
    entered.connection.destroy();
  }
  watch();
  return {
    url: placeUrl(place),
    leave() {
      left = true;
      entered.connection.destroy();
    },
  };
}

interface Entered {
  readonly place: Place;
  readonly connection: Socket;
  /** Resolves when the guardian has gone. */
  readonly closed: Promise<void>;
}

async function enter(options: JoinOptions): Promise<Entered> {
  const deadline = Date.now() + MINUTE;
  let child: ChildProcess | undefined;
  let childPlace: Place | undefined;
  let faults = 0;
  for (;;) {
    const place = await findPlace(options.dataDir);
    const entered = await enterThrough(place, options);
    if (entered !== undefined) return entered;
    // A child of a removed place guards nothing.
    if (childPlace?.password !== place.password) child = undefined;
    if (child !== undefined && (child.exitCode !== null || child.signalCode !== null)) {
      if (child.exitCode !== ANOTHER_GUARDIAN && child.exitCode !== 0) faults++;
      // The present guardian is on its way out, or just about to open its socket.
      else await sleep(RETRY + Math.random() * 4 * RETRY);
      child = undefined;
    }
    if (faults >= 3 || Date.now() > deadline) {
      throw new QuartetError(
        'DATABASE_UNAVAILABLE',
        `the guardian of the embedded PostgreSQL in ${place.root} can not be started; see ${place.guardianLog}, or set DATABASE_URL to a PostgreSQL server`,
      );
    }
    child ??= await startGuardian(place, guardianOptions(options, place));
    childPlace = place;
    await sleep(RETRY);
  }
}

function guardianOptions(
  { dataDir, grace = GRACE, settings = {}, ephemeral = false }: JoinOptions,
  place: Place,
): GuardianOptions {
  return { dataDir: resolve(dataDir), root: place.root, grace, settings, ephemeral };
}

/** @returns undefined when no guardian is there, or it is leaving */
async function enterThrough(place: Place, { dataDir }: JoinOptions): Promise<Entered | undefined> {
  const connection = await reach(place.guardianSocket);
  if (connection === undefined) return undefined;
  const state = await verdict(connection);
  if (state?.state === 'ready') {
    connection.unref();
    const closed = new Promise<void>((resolve) => connection.once('close', () => resolve()));
    // Asked again, for the place may have been removed and made anew before it was reached; from here on it stays.
    const reached = await findPlace(dataDir);
    if (!connection.closed) return { place: reached, connection, closed };
  }
  connection.destroy();
  if (state?.state === 'failed') throw new QuartetError(state.failure.code, state.failure.message);
  return undefined;
}

function reach(path: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const connection = connect(path);
    connection.once('connect', () => {
      connection.removeAllListeners('error').on('error', () => {});
      resolve(connection);
    });
    connection.once('error', (error: NodeJS.ErrnoException) => {
      if (['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'ENOTCONN', 'EPIPE', 'EAGAIN'].includes(error.code ?? ''))
        resolve(undefined);
      else reject(error);
    });
  });
}

/** Waits for the first state that decides something. @returns undefined when the guardian goes before it has said so */
function verdict(connection: Socket): Promise<GuardianState | undefined> {
  return new Promise((resolve) => {
    let text = '';
    connection.setEncoding('utf8');
    connection.once('close', () => resolve(undefined));
    // Stays attached: a socket that nobody reads would not notice that the guardian has gone.
    connection.on('data', (part: string) => {
      const lines = (text + part).split('\n');
      text = lines.pop() as string;
      const states = lines.map((line) => JSON.parse(line) as GuardianState);
      const decisive = states.find(({ state }) => state !== 'starting');
      if (decisive !== undefined) resolve(decisive);
    });
  });
}
