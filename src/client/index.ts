export { type CallOptions, type ClientOptions, QuartetClient } from './client.ts';
export { ClientError } from './client-error.ts';
export { type Document, TypedDocument, typed } from './document.ts';
export type { Begun, Download } from './download.ts';
export * from './generated/operations.ts';
export { type Job, succeeded, untilFinished } from './jobs.ts';
export type { RetryOptions } from './retry.ts';
export type { Body } from './upload.ts';
