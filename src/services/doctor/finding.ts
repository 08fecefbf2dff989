/** What one check of `quartet doctor` found. */
export interface Finding {
  /** What was looked at, e.g. `PostgreSQL`. */
  readonly name: string;
  /** `warning`: works, but slower or tighter than it could; `failed`: something will not work. */
  readonly status: 'ok' | 'warning' | 'failed';
  /** What is there, in one line. */
  readonly detail: string;
  /** What to do about it; present unless `ok`. */
  readonly remedy?: string;
}

export const ok = (name: string, detail: string): Finding => ({ name, status: 'ok', detail });
export const warning = (name: string, detail: string, remedy: string): Finding => ({
  name,
  status: 'warning',
  detail,
  remedy,
});
export const failed = (name: string, detail: string, remedy: string): Finding => ({
  name,
  status: 'failed',
  detail,
  remedy,
});

/** First line of an error, for a detail. */
export function messageOf(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0] as string;
}
