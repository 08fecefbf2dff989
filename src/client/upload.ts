import { fromWire, seconds } from './client-error.ts';
import type { Transport } from './transport.ts';

/** Bytes that can be sent again. A `File` of a browser and Node's `fs.openAsBlob` are Blobs, which don't lie in memory. */
export type Body = Blob | string | Uint8Array<ArrayBuffer>;

/** A large file over a slow line takes hours. */
const LONGEST = 24 * 60 * 60 * 1_000;

/** PUTs a body to an upload's address, which carries its own permission. @throws ClientError */
export async function put(
  transport: Transport,
  url: string,
  body: Body,
  signal: AbortSignal | undefined,
): Promise<void> {
  const headers = { 'content-type': 'application/octet-stream' };
  const response = await transport.reach(url, { method: 'PUT', headers, body }, signal, LONGEST);
  if (response.ok) return void (await response.arrayBuffer());
  const { code, message } = (await response.json().catch(() => ({}))) as { code?: string; message?: string };
  throw fromWire(
    {
      message: message ?? `The upload was refused with HTTP status ${response.status}.`,
      extensions: { code: code ?? 'RETRY_LATER' },
    },
    seconds(response.headers.get('retry-after')),
  );
}
