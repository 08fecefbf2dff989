import { fromWire, seconds } from './client-error.ts';
import type { Transport } from './transport.ts';

/** Bytes that can be sent again. A `File` of a browser and Node's `fs.openAsBlob` are Blobs, which don't lie in memory. */
export type Body = Blob | string | Uint8Array<ArrayBuffer>;

/** A large file over a slow line takes hours. */
const LONGEST = 24 * 60 * 60 * 1_000;

interface Sending {
  /** Of the upload: carries its own permission. */
  readonly url: string;
  readonly body: Blob;
  /** Whether some of it may have come already. */
  readonly resume: boolean;
}

/** PUTs a body to an upload's address, from where an attempt before broke off. @throws ClientError */
export async function put(
  transport: Transport,
  { url, body, resume }: Sending,
  signal: AbortSignal | undefined,
): Promise<void> {
  const offset = resume ? await offsetOf(transport, url, signal) : 0;
  if (offset === undefined) return;
  const headers: Record<string, string> = { 'content-type': 'application/octet-stream' };
  if (body.size > 0) headers['content-range'] = `bytes ${offset}-${body.size - 1}/${body.size}`;
  const response = await transport.reach(url, { method: 'PUT', headers, body: body.slice(offset) }, signal, LONGEST);
  if (response.ok) return void (await response.arrayBuffer());
  const { code, message } = (await response.json().catch(() => ({}))) as { code?: string; message?: string };
  // The server still holds on to the attempt that broke off, or took more of it than it had when it was asked.
  const passes = response.status === 409 && resume;
  throw fromWire(
    {
      message: message ?? `The upload was refused with HTTP status ${response.status}.`,
      extensions: { code: passes ? 'RETRY_LATER' : (code ?? 'RETRY_LATER') },
    },
    seconds(response.headers.get('retry-after')),
  );
}

/** @returns bytes that have come; undefined when all have */
async function offsetOf(
  transport: Transport,
  url: string,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const { headers } = await transport.reach(url, { method: 'HEAD' }, signal);
  return headers.get('upload-complete') === '?1' ? undefined : Number(headers.get('upload-offset') ?? 0);
}
