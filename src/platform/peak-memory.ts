import { readFileSync } from 'node:fs';

/**
 * Most memory that this process has held at once, in bytes. Where the system tells it of the program itself (Linux), that is taken:
 * `maxRSS` of a process begins at what its parent held when it forked.
 */
export function peakMemoryBytes(): number {
  const own =
    process.platform === 'linux' ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) : null;
  return Number(own?.[1] ?? process.resourceUsage().maxRSS) * 1_024;
}
