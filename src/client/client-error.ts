/**
 * What a server refused, or why it could not be asked. Codes are the API's: those of `UserErrorCode`, and `RETRY_LATER`,
 * `DATABASE_UNAVAILABLE`, `DISK_FULL`, `INTERNAL` and others for faults. A server that can't be reached is RETRY_LATER too.
 */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly code: string;
  /** Path of the input field at fault, outermost first, e.g. `['input', 'k']`. */
  readonly field: readonly string[] | undefined;
  /** Milliseconds after which the server wants to be asked again, when it said so. */
  readonly retryAfter: number | undefined;
  /** Whether a server gave this answer. If not, nobody knows what became of the request. */
  readonly answered: boolean;

  constructor(code: string, message: string, about: ClientErrorDetails = {}) {
    super(message, about.cause === undefined ? undefined : { cause: about.cause });
    this.code = code;
    this.field = about.field;
    this.retryAfter = about.retryAfter;
    this.answered = about.answered ?? true;
  }

  /** Whether the same request may succeed a little later. */
  get passes(): boolean {
    return this.code === 'RETRY_LATER' || this.code === 'DATABASE_UNAVAILABLE';
  }
}

export interface ClientErrorDetails {
  readonly field?: readonly string[] | undefined;
  readonly retryAfter?: number | undefined;
  readonly answered?: boolean;
  readonly cause?: unknown;
}

/** A GraphQL error as it comes over the wire. */
export interface WireError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** @param hint ms from the answer's headers, for an error that has none of its own */
export function fromWire({ message, extensions = {} }: WireError, hint?: number): ClientError {
  const { code, field, retryAfterMs, retryAfterSeconds, retryAfter } = extensions;
  const own = numeric(retryAfterMs) ?? seconds(retryAfterSeconds) ?? seconds(retryAfter);
  return new ClientError(typeof code === 'string' ? code : 'BAD_INPUT', message, {
    ...(Array.isArray(field) ? { field: field as string[] } : {}),
    retryAfter: own ?? hint,
  });
}

const numeric = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);

/** @param value of a hint in seconds @returns ms; undefined when it is no number */
export function seconds(value: unknown): number | undefined {
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : numeric(value);
  return parsed === undefined || !Number.isFinite(parsed) ? undefined : parsed * 1_000;
}
