import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const LOOK_MS = 100;

/** Parts of the product by what stands on their command line. */
const PARTS = {
  server: 'cli.ts\0serve',
  client: 'cli.ts\0import',
  child: 'jobs/child.ts',
} as const;

type Part = keyof typeof PARTS | 'postgres';

/** Watches how large the processes of one data directory become. Linux only; elsewhere it sees none. */
export class MemoryWatch {
  readonly #dataDir: string;
  readonly #peak = new Map<Part, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  /**
   * @returns MiB: resident memory of the largest process of each part since the start, of PostgreSQL without the
   *   buffers that its processes share
   */
  stop(): Partial<Record<Part, number>> {
    clearInterval(this.#timer);
    return Object.fromEntries([...this.#peak].map(([part, kibibytes]) => [part, Math.round(kibibytes / 1024)]));
  }

  #look(): void {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    for (const pid of pids) {
      try {
        const part = this.#partOf(pid);
        if (part === undefined) continue;
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        const field = part === 'postgres' ? 'RssAnon' : 'VmRSS';
        const now = Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
        this.#peak.set(part, Math.max(this.#peak.get(part) ?? 0, now));
      } catch {
        // It has ended.
      }
    }
  }

  #partOf(pid: string): Part | undefined {
    if (readlinkSync(`/proc/${pid}/cwd`).startsWith(this.#dataDir)) return 'postgres';
    if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`QUARTET_DATA=${this.#dataDir}\0`)) return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return (Object.keys(PARTS) as (keyof typeof PARTS)[]).find((part) => command.includes(PARTS[part]));
  }
}
