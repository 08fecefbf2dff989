import { setImmediate as nextTurn } from 'node:timers/promises';

/*
 * Work that takes long enough to hold up the event loop is written once, as a generator that yields where it may be
 * interrupted, and is then either done at a stretch (in a child process) or in turns (in the server).
 */
export type Steps<T> = Generator<undefined, T, undefined>;

/** At a stretch, before other work gets its turn. */
const TURN_MS = 8;

/** Does all of it now. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Gives way to other work every few milliseconds. */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
  for (let turn = performance.now(); ; ) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - turn < TURN_MS) continue;
    await nextTurn();
    turn = performance.now();
  }
}

const waiting: (() => void)[] = [];
/** Whether a task has been let in in the present turn of the event loop. */
let taken = false;

/**
 * Resolves when there is time. Tasks that become ready at the same moment (many searches that waited for one index) would
 * compute one after another in one turn of the event loop; of those that ask here one is let in each turn, with all that
 * follows from it up to its next I/O, and other work gets in between. A task that comes alone does not wait.
 */
export function turn(): Promise<void> {
  if (taken) return new Promise((resolve) => waiting.push(resolve));
  taken = true;
  setImmediate(letNextIn);
  return Promise.resolve();
}

function letNextIn(): void {
  const next = waiting.shift();
  taken = next !== undefined;
  if (next === undefined) return;
  setImmediate(letNextIn);
  next();
}
