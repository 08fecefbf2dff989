import { type ChildProcess, fork } from 'node:child_process';
import type { ChildExit, FromNursery, ToNursery } from './nursery-messages.ts';

/** What becomes of a child. Called in order; `ended` or `refused` once and last. */
export interface ChildListener {
  heard(message: unknown): void;
  printed(stream: 'stdout' | 'stderr', text: string): void;
  ended(exit: ChildExit): void;
  /** It could not be started. */
  refused(reason: string): void;
}

export interface ForkedChild {
  /** Undefined until it runs. */
  readonly pid: number | undefined;
  say(message: unknown): void;
  /** SIGKILL. */
  kill(): void;
}

/** What a child looks like whose nursery was killed: it ends with it. */
const ORPHANED: ChildExit = { exitCode: null, exitSignal: 'SIGKILL' };

/**
 * Forks the children of this process from a small process beside it. Forking copies the page tables of the whole process
 * while its event loop stands still, 40 ms for each GiB: a server that holds large indexes could not keep its promise
 * of 50 ms. The small one takes 2 ms, whatever the server holds.
 *
 * States: none -> running, from the first `start` or `fork` until this process ends -> none, when it was killed; its children
 * end then as if they had been killed themselves, and the next fork starts another one.
 */
export class Nursery {
  #process: ChildProcess | undefined;
  readonly #children = new Map<number, { readonly listener: ChildListener; pid: number | undefined }>();
  #lastId = 0;

  /** Starts it ahead of the first child, while this process is still small. */
  start(): void {
    this.#running();
  }

  /** @param entry module of the child  @param priority niceness */
  fork(entry: URL, priority: number, listener: ChildListener): ForkedChild {
    const id = ++this.#lastId;
    const child = { listener, pid: undefined };
    this.#children.set(id, child);
    const nursery = this.#running();
    // A child keeps this process alive, as one of its own would.
    nursery.channel?.ref();
    const send = (request: ToNursery) => {
      if (this.#children.has(id) && nursery.connected) nursery.send(request, () => undefined);
    };
    send({ kind: 'fork', id, entry: entry.href, priority });
    return {
      get pid() {
        return child.pid;
      },
      say: (message) => send({ kind: 'say', id, message }),
      kill: () => send({ kind: 'kill', id }),
    };
  }

  #running(): ChildProcess {
    if (this.#process !== undefined) return this.#process;
    const nursery = fork(new URL('./nursery-process.ts', import.meta.url), [], {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // A session of its own: Ctrl-C is for the server, which then ends its children in order.
      detached: true,
    });
    this.#process = nursery;
    nursery.unref();
    nursery.channel?.unref();
    nursery.on('message', (message: FromNursery) => this.#take(message));
    nursery.once('error', (cause) => this.#lose(nursery, (listener) => listener.refused(cause.message)));
    nursery.once('exit', () => this.#lose(nursery, (listener) => listener.ended(ORPHANED)));
    return nursery;
  }

  #take(message: FromNursery): void {
    const child = this.#children.get(message.id);
    if (child === undefined) return;
    const { listener } = child;
    if (message.kind === 'started') child.pid = message.pid;
    else if (message.kind === 'heard') listener.heard(message.message);
    else if (message.kind === 'printed') listener.printed(message.stream, message.text);
    else {
      this.#children.delete(message.id);
      if (this.#children.size === 0) this.#process?.channel?.unref();
      if (message.kind === 'ended') listener.ended(message);
      else listener.refused(message.reason);
    }
  }

  #lose(nursery: ChildProcess, tell: (listener: ChildListener) => void): void {
    if (this.#process !== nursery) return;
    this.#process = undefined;
    const orphans = [...this.#children.values()];
    this.#children.clear();
    for (const { listener } of orphans) tell(listener);
  }
}
