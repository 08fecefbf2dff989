import { setTimeout as sleep } from 'node:timers/promises';
import { QuartetError } from '../domain/errors.ts';
import type { Logger } from '../platform/logger.ts';
import { ChildCrash } from './child-crash.ts';
import { fromWire, type ToChild, type ToParent } from './messages.ts';
import { Nursery } from './nursery.ts';
import type { ChildExit } from './nursery-messages.ts';

/** Time a child has to stop by itself, so that a cancelled one is gone within a second. */
const GRACE_MS = 500;
/** Niceness of children: they take what the server and its searches leave. */
const PRIORITY = 10;
const STDERR_TAIL_CHARACTERS = 4_000;

/** The one of this process. */
const nursery = new Nursery();

/** Makes ready to fork, best while this process is small. */
export function prepareToFork(): void {
  nursery.start();
}

export interface ForkOptions {
  readonly name: string;
  readonly spec: unknown;
  readonly workDir: string;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** Tells the child to stop where its work can be taken up again. */
  readonly pause?: AbortSignal;
  readonly onEvent?: (event: never) => void | Promise<void>;
  /** Module that the child runs. Default: `child.ts`, which knows every piece of work in services/work. */
  readonly entry?: URL;
}

/**
 * Does one piece of work in a process of its own and resolves to its result after the process has gone. Only a process
 * isolates a native abort, gives all its memory back, and can be killed.
 *
 * @throws the child's own error; ChildCrash when it died without one; CANCELLED when `signal` ended it; what `onEvent` threw
 */
export async function forkWork(options: ForkOptions): Promise<unknown> {
  const {
    name,
    spec,
    workDir,
    logger,
    signal,
    pause,
    onEvent,
    entry = new URL('./child.ts', import.meta.url),
  } = options;
  if (signal.aborted) throw cancelled(name);
  let outcome: { result: unknown } | { error: unknown } | null = null;
  let killTimer: NodeJS.Timeout | undefined;
  let stderr = '';
  const ended = Promise.withResolvers<ChildExit>();
  const child = nursery.fork(entry, PRIORITY, {
    heard: (message) => hear(message as ToParent),
    printed(stream, text) {
      if (stream === 'stderr') stderr = (stderr + text).slice(-STDERR_TAIL_CHARACTERS);
      logger.debug({ pid: child.pid }, text.trimEnd());
    },
    ended: ended.resolve,
    refused: (reason) => ended.reject(cannotStart(reason)),
  });
  const say = (message: ToChild) => child.say(message);
  const stop = () => {
    say({ kind: 'abort' });
    killTimer ??= setTimeout(() => child.kill(), GRACE_MS);
  };
  const failHere = (error: unknown) => {
    outcome ??= { error };
    stop();
  };

  let events = Promise.resolve();
  const hear = (message: ToParent) => {
    if (message.kind === 'log') return relay(logger, message.line);
    events = events.then(async () => {
      if (message.kind === 'result') outcome ??= { result: message.result };
      else if (message.kind === 'error') outcome ??= { error: fromWire(message.error) };
      else if (outcome === null) {
        await onEvent?.(message.event as never);
        say({ kind: 'handled' });
      }
    });
    events = events.catch(failHere);
  };
  signal.addEventListener('abort', stop, { once: true });
  const askToPause = () => say({ kind: 'pause' });
  pause?.addEventListener('abort', askToPause, { once: true });
  say({ kind: 'start', name, spec, workDir, logLevel: logger.level });
  if (pause?.aborted) askToPause();
  try {
    const { exitCode, exitSignal } = await ended.promise;
    // Whoever ends a child does not wait for a reader that waits for a database.
    await (signal.aborted ? Promise.race([events, sleep(GRACE_MS)]) : events);
    if (signal.aborted) throw cancelled(name);
    if (outcome === null) throw new ChildCrash({ name, exitCode, signal: exitSignal, stderr: stderr.trim() });
    return unwrap(outcome);
  } finally {
    clearTimeout(killTimer);
    signal.removeEventListener('abort', stop);
    pause?.removeEventListener('abort', askToPause);
  }
}

function unwrap(outcome: { result: unknown } | { error: unknown }): unknown {
  if ('error' in outcome) throw outcome.error;
  return outcome.result;
}

function cancelled(name: string): QuartetError {
  return new QuartetError('CANCELLED', `the ${name} process was stopped before it had finished`);
}

function cannotStart(reason: string): QuartetError {
  const remedy = 'Free memory or raise the limit on processes, then start it again.';
  return new QuartetError('RETRY_LATER', `no child process could be started: ${reason}. ${remedy}`);
}

function relay(logger: Logger, line: string): void {
  const { level, time: _time, msg, ...fields } = JSON.parse(line) as { level: number; time: unknown; msg?: string };
  const label = logger.levels.labels[level] as 'info' | undefined;
  if (label !== undefined) logger[label](fields, msg ?? '');
}
