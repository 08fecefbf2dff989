import { Worker } from 'node:worker_threads';
import { QuartetError } from '../domain/errors.ts';
import { createLogger, type LogLevel } from '../platform/logger.ts';
import type { Work } from '../services/work/work.ts';
import { type StartMessage, type ToChild, type ToParent, toWire } from './messages.ts';

/** Events on their way that the parent has not handled yet before `emit` starts to wait. */
const WINDOW = 64;
const PARENT_CHECK_MS = 250;

/**
 * The child's side: does the one piece of work it is asked for, then exits. Lives no longer than its parent: the closed channel
 * ends it at once, and a thread that watches the parent's pid, the first argument, ends it when its own event loop is too busy
 * to see that.
 */
export function serveWork(load: (name: string) => Promise<Work<never, never, unknown>>): void {
  if (process.send === undefined) throw new Error('this file is started by the supervisor only, not by hand');
  watchParent();
  const abort = new AbortController();
  const pause = new AbortController();
  const room = new Room(WINDOW);
  process.once('disconnect', () => process.exit(1));
  process.on('message', (message: ToChild) => {
    if (message.kind === 'handled') room.give();
    else if (message.kind === 'abort') abort.abort(new QuartetError('CANCELLED', 'the work was cancelled'));
    else if (message.kind === 'pause') pause.abort();
    else void work(message);
  });

  async function work({ name, spec, workDir, logLevel }: StartMessage): Promise<void> {
    const logger = createLogger({
      level: logLevel as LogLevel,
      json: true,
      write: (line) => void post({ kind: 'log', line }),
    });
    const emit = async (event: never) => {
      const taken = room.take();
      await post({ kind: 'event', event });
      await taken;
    };
    try {
      const run = await load(name);
      const result = await run(spec as never, { emit, signal: abort.signal, pause: pause.signal, workDir, logger });
      await post({ kind: 'result', result });
    } catch (error) {
      await post({ kind: 'error', error: toWire(error) });
    }
    process.exit(0);
  }
}

/** Resolves when the message is in the pipe. A parent that is gone ends this process by `disconnect`. */
function post(message: ToParent): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(message, undefined, undefined, () => resolve());
  });
}

/** Counts free places; `take` waits while there is none. */
class Room {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(places: number) {
    this.#free = places;
  }

  take(): Promise<void> {
    this.#free -= 1;
    if (this.#free >= 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  give(): void {
    this.#free += 1;
    this.#waiting.shift()?.();
  }
}

function watchParent(): void {
  const source = `
    const parent = ${Number(process.argv[2])};
    setInterval(() => { if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL'); }, ${PARENT_CHECK_MS});
  `;
  new Worker(source, { eval: true, execArgv: [], stdin: false }).unref();
}
