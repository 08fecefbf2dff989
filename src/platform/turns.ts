import { setImmediate as nextImmediate } from 'node:timers/promises';
import { throwIfOver } from './deadline.ts';

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

/**
 * Gives way to other work once.
 * @throws the reason when the request that this is done for is over
 */
export async function nextTurn(): Promise<void> {
  await nextImmediate();
  throwIfOver();
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
/** Whether a task was let in, in the present turn of the event loop. */
let taken = false;
/** Let in during one turn of the event loop, at most. */
const AT_MOST = 16;

/**
 * Resolves when there is time. Tasks that become ready at the same moment (many searches that waited for one index) would
 * compute one after another in one turn of the event loop; of those that ask here some are let in each turn, each with all that
 * follows from it up to its next I/O, until these have taken some milliseconds, and other work gets in between. A task that
 * comes alone does not wait.
 * @throws the reason when the request that this is done for is over
 */
export function turn(): Promise<void> {
  if (taken) return new Promise<void>((resolve) => waiting.push(resolve)).then(throwIfOver);
  taken = true;
  setImmediate(letIn);
  return Promise.resolve();
}

function letIn(): void {
  taken = waiting.length > 0;
  const most = Math.min(waiting.length, AT_MOST);
  let begun: number | undefined;
  // All of these are called in the next turn of the event loop, and between two of them is done all that follows from the first.
  for (let n = 1; n <= most; n++) {
    setImmediate(() => {
      begun ??= performance.now();
      if (n === 1 || performance.now() - begun < TURN_MS) waiting.shift()?.();
      if (n === most) setImmediate(letIn);
    });
  }
}
