import { type ChildProcess, fork } from 'node:child_process';
import os from 'node:os';
import type { FromNursery, ToNursery } from './nursery-messages.ts';

/*
 * Entry of the process that forks children for another one and passes on what they say to each other; see nursery.ts. It ends
 * with that process, and its children with it.
 */

const children = new Map<number, ChildProcess>();
const report = (message: FromNursery) => process.send?.(message, undefined, undefined, () => undefined);

function bear(id: number, entry: string, priority: number): void {
  // Told, because a child that looks for its parent itself may do so after that has died.
  const child = fork(new URL(entry), [String(process.pid)], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  children.set(id, child);
  child.once('error', (cause) => {
    // Other errors are about messages to a child that has just ended, which `close` reports.
    if (child.pid !== undefined) return;
    children.delete(id);
    report({ id, kind: 'refused', reason: cause.message });
  });
  if (child.pid === undefined) return;
  report({ id, kind: 'started', pid: child.pid });
  try {
    os.setPriority(child.pid, priority);
  } catch {
    // It has ended already.
  }
  child.on('message', (message) => report({ id, kind: 'heard', message }));
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => report({ id, kind: 'printed', stream, text }));
  }
  // Comes after the process is reaped and every message and line it left has been read.
  child.once('close', (exitCode, exitSignal) => {
    children.delete(id);
    report({ id, kind: 'ended', exitCode, exitSignal });
  });
}

process.once('disconnect', () => process.exit());
process.on('message', (request: ToNursery) => {
  if (request.kind === 'fork') return bear(request.id, request.entry, request.priority);
  const child = children.get(request.id);
  if (request.kind === 'kill') child?.kill('SIGKILL');
  else if (child?.connected) child.send(request.message as object, () => undefined);
});
