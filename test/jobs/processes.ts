import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether process `pid` runs. A zombie, left by a parent that does not reap, has ended. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Processes that do a piece of work for process `pid`: its nursery's children. */
export function childrenOf(pid: number): number[] {
  return directChildren(pid)
    .flatMap((child) => [child, ...directChildren(child)])
    .filter((child) => commandOf(child).includes('child.ts'));
}

function directChildren(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

export function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** Kills with -9 what still runs of them. @returns how many were killed */
export function killAll(pids: readonly number[]): number {
  const running = pids.filter(isRunning);
  for (const pid of running) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has just ended.
    }
  }
  return running.length;
}

/** Milliseconds until `condition` holds. */
export async function until(condition: () => boolean | Promise<boolean>, limitMs = 60_000): Promise<number> {
  const start = performance.now();
  while (!(await condition())) {
    if (performance.now() - start > limitMs) throw new Error(`still not so after ${limitMs} ms: ${condition}`);
    await sleep(10);
  }
  return performance.now() - start;
}
