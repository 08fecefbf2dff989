import { type ErrorCode, QuartetError } from '../domain/errors.ts';

/** What parent and child say to each other, by structured clone. */
export interface StartMessage {
  readonly kind: 'start';
  readonly name: string;
  readonly spec: unknown;
  readonly workDir: string;
  readonly logLevel: string;
}
export type ToChild =
  | StartMessage
  | { readonly kind: 'handled' }
  | { readonly kind: 'abort' }
  | { readonly kind: 'pause' };
export type ToParent =
  | { readonly kind: 'event'; readonly event: unknown }
  | { readonly kind: 'log'; readonly line: string }
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'error'; readonly error: WireError };

/** An error as data: structured clone would keep the message and lose code and field. */
export interface WireError {
  readonly code: ErrorCode | null;
  readonly message: string;
  readonly field: readonly string[] | null;
  readonly stack: string | null;
}

export function toWire(error: unknown): WireError {
  if (!(error instanceof Error)) return { code: null, message: String(error), field: null, stack: null };
  const known = error instanceof QuartetError ? error : null;
  return {
    code: known?.code ?? null,
    message: error.message,
    field: known?.field ?? null,
    stack: error.stack ?? null,
  };
}

/** The child's error in this process: a QuartetError stays one, anything else is a plain Error with the child's stack. */
export function fromWire({ code, message, field, stack }: WireError): Error {
  if (code === null) return Object.assign(new Error(message), stack === null ? {} : { stack });
  const cause = stack === null ? {} : { cause: Object.assign(new Error(message), { stack }) };
  return new QuartetError(code, message, { ...(field === null ? {} : { field }), ...cause });
}
