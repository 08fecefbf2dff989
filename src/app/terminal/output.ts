import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import { SECOND } from '../../platform/clock.ts';

/*
 * Results go to standard output, progress to standard error: `quartet search … > file` holds the result alone.
 * Modes: `terminal` draws progress bars, `plain` writes a line now and then, `json` writes one JSON value at the end
 * and nothing else to standard output.
 */
export type OutputMode = 'terminal' | 'plain' | 'json';

export interface Progress {
  /** @param note a few words behind the bar, e.g. `loss 1.23` */
  update(done: number, total: number | null, note?: string): void;
  stop(): void;
}

/** Between two plain lines of one piece of progress. */
const PLAIN_INTERVAL = 5 * SECOND;

export class Output {
  readonly mode: OutputMode;
  readonly #out: NodeJS.WritableStream;
  readonly #err: NodeJS.WritableStream;

  constructor(
    mode: OutputMode,
    out: NodeJS.WritableStream = process.stdout,
    err: NodeJS.WritableStream = process.stderr,
  ) {
    this.mode = mode;
    this.#out = out;
    this.#err = err;
  }

  /** The result: `text` for people, `value` as JSON for machines. */
  result(text: string, value: unknown): void {
    this.#out.write(this.mode === 'json' ? `${JSON.stringify(value)}\n` : `${text}\n`);
  }

  /** What happens, for people; part of no result. */
  note(text: string): void {
    if (this.mode !== 'json') this.#err.write(`${text}\n`);
  }

  /** @param unit what is counted, e.g. `rows` */
  progress(label: string, unit = ''): Progress {
    if (this.mode === 'json') return { update: () => {}, stop: () => {} };
    return this.mode === 'terminal' ? this.#bar(label, unit) : this.#lines(label, unit);
  }

  #bar(label: string, unit: string): Progress {
    const bars = new MultiBar(
      {
        stream: this.#err,
        clearOnComplete: true,
        hideCursor: true,
        format: `${label.padEnd(10)} {bar} {percentage}%  {count}  {note}`,
        fps: 10,
        gracefulExit: false,
        barsize: 30,
      },
      Presets.shades_classic,
    );
    let bar: SingleBar | undefined;
    return {
      update(done, total, note = '') {
        const count = counted(done, total, unit);
        bar ??= bars.create(total ?? 0, 0, { note: '', count });
        if (total !== null) bar.setTotal(total);
        bar.update(done, { note, count });
      },
      stop: () => bars.stop(),
    };
  }

  #lines(label: string, unit: string): Progress {
    let last = Date.now();
    let written = '';
    let latest = '';
    const write = (): void => {
      if (latest !== written) this.#err.write(`${latest}\n`);
      written = latest;
      last = Date.now();
    };
    return {
      update(done, total, note = '') {
        const share = total === null || total === 0 ? '' : ` (${Math.floor((100 * done) / total)} %)`;
        latest = `${label}: ${counted(done, total, unit)}${share}${note === '' ? '' : `, ${note}`}`;
        if (Date.now() - last >= PLAIN_INTERVAL) write();
      },
      stop: write,
    };
  }
}

/** `5 rows`, `200 of 983 kB`. */
function counted(done: number, total: number | null, unit: string): string {
  const count = total === null || total === 0 ? thousands(done) : `${thousands(done)} of ${thousands(total)}`;
  return unit === '' ? count : `${count} ${unit}`;
}

export function thousands(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1.5 MB`; what would be none of these in kB. */
export function megabytes(bytes: number): string {
  if (bytes > 0 && bytes < 1e5) return `${Math.ceil(bytes / 1e3)} kB`;
  return `${(bytes / 1e6).toLocaleString('en-US', { maximumFractionDigits: 1 })} MB`;
}

/** `0.734`: metrics are read to three digits. */
export function digits(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : value.toFixed(3);
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / SECOND).toFixed(milliseconds < 10 * SECOND ? 1 : 0)} s`;
}
