import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface PeerOptions {
  /** The Python to run. */
  readonly python: string;
  /** Where its packages lie, when not where that Python looks by itself. */
  readonly packages: string | undefined;
  readonly threads: number;
}

/** A script of bench/peers, kept running so that rounds of it and of ours alternate. */
export class Peer {
  readonly version: string;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(version: string, child: ChildProcess, lines: AsyncIterator<string>) {
    this.version = version;
    this.#child = child;
    this.#lines = lines;
  }

  /** @throws Error in one line when Python or a package is missing */
  static async start(script: string, task: object, { python, packages, threads }: PeerOptions): Promise<Peer> {
    const path = fileURLToPath(new URL(`../peers/${script}`, import.meta.url));
    const child = spawn(python, ['-B', path, JSON.stringify({ ...task, threads })], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...(packages === undefined ? {} : { PYTHONPATH: packages }),
        OMP_NUM_THREADS: String(threads),
      },
    });
    let complaint = '';
    child.stderr?.on('data', (chunk) => {
      complaint = (complaint + chunk).slice(-4_000);
    });
    child.stdin?.on('error', () => {});
    const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    const failed = once(child, 'error').then(([error]) => {
      throw error;
    });
    const first = await Promise.race([lines.next(), failed]);
    if (first.done) {
      if (child.exitCode === null) await once(child, 'close');
      throw new Error(`${python} ${script}: ${complaint.trim().split('\n').at(-1) ?? `exit code ${child.exitCode}`}`);
    }
    return new Peer(JSON.parse(first.value).ready, child, lines);
  }

  /** @returns seconds of each step */
  async run(steps: number): Promise<readonly number[]> {
    this.#child.stdin?.write(`${steps}\n`);
    const { done, value } = await this.#lines.next();
    if (done) throw new Error('the peer ended before its time');
    return JSON.parse(value);
  }

  stop(): void {
    this.#child.stdin?.end();
    this.#child.kill();
  }
}
