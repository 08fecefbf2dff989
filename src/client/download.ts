import { ClientError, fromWire, seconds } from './client-error.ts';
import { type RetryOptions, retrying } from './retry.ts';
import type { Transport } from './transport.ts';

/** A file that an `exportUrl` names, while it comes. */
export interface Download {
  /** e.g. `faq-items.jsonl` */
  readonly fileName: string;
  /** Bytes of all of it. */
  readonly size: number;
  /** Of all of it, in lower-case hexadecimal. Not compared here: browsers can't hash what streams. */
  readonly sha256: string;
  /** Names these bytes, whatever changes meanwhile: to go on with them later, within a day. */
  readonly tag: string;
  /** Where `bytes` begin: 0 unless some were there before and the server still has the rest. */
  readonly offset: number;
  /** To be read once. A lost connection is made anew and gone on with. */
  readonly bytes: AsyncGenerator<Uint8Array, void, undefined>;
}

/** Some of a file that is there already. */
export interface Begun {
  readonly offset: number;
  /** `Download.tag` of then. */
  readonly tag: string;
}

export interface DownloadOptions extends RetryOptions {
  readonly signal?: AbortSignal | undefined;
  readonly begun?: Begun | undefined;
}

/** Of one connection: a large file over a slow line takes hours. */
const LONGEST = 24 * 60 * 60 * 1_000;
const GENERIC = 'export';

/** GETs a file from an address that carries its own permission. @throws ClientError; the signal's reason */
export async function download(
  transport: Transport,
  url: string,
  { signal, begun, ...retry }: DownloadOptions,
): Promise<Download> {
  const first = await retrying(
    () => open(transport, url, begun, signal),
    () => true,
    retry,
    signal,
  );
  const { offset, size, tag } = first;
  async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    let at = offset;
    for (let part: Part | undefined = first; at < size; part = undefined) {
      part ??= await retrying(
        () => open(transport, url, { offset: at, tag }, signal),
        () => true,
        retry,
        signal,
      );
      if (part.tag !== tag || part.offset !== at) {
        await part.body?.cancel();
        throw new ClientError('CONFLICT', 'The server has these bytes no more; begin the download anew.');
      }
      try {
        for await (const piece of pieces(part)) {
          at += piece.length;
          yield piece;
        }
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof ClientError) throw error;
      }
    }
  }
  const { fileName, sha256 } = first;
  return { fileName, size, sha256, tag, offset, bytes: bytes() };
}

interface Part extends Omit<Download, 'bytes'> {
  readonly body: ReadableStream<Uint8Array> | null;
}

async function open(
  transport: Transport,
  url: string,
  begun: Begun | undefined,
  signal: AbortSignal | undefined,
): Promise<Part> {
  const headers: Record<string, string> = {};
  if (begun !== undefined) {
    headers.range = `bytes=${begun.offset}-`;
    headers['if-range'] = `"${begun.tag}"`;
  }
  const response = await transport.reach(url, { headers }, signal, LONGEST);
  const { status } = response;
  if (status === 416 && begun !== undefined) {
    const whole = await open(transport, url, undefined, signal);
    // No byte is left: all of it was there.
    if (whole.tag !== begun.tag || whole.size !== begun.offset) return whole;
    await whole.body?.cancel();
    return { ...whole, offset: whole.size, body: null };
  }
  if (status !== 200 && status !== 206) throw await refusal(response);
  const [, from, size] = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '') ?? [];
  const digest = /sha-256=:([^:]+):/.exec(response.headers.get('repr-digest') ?? '')?.[1];
  return {
    fileName: /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? GENERIC,
    size: Number(size ?? response.headers.get('content-length')),
    sha256: digest === undefined ? '' : Array.from(atob(digest), hex).join(''),
    tag: (response.headers.get('etag') ?? '').replaceAll('"', ''),
    offset: Number(from ?? 0),
    body: response.body,
  };
}

/** Not by iterating over the stream, which not every browser can. */
async function* pieces({ body }: Part): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body?.getReader();
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true as const, value: undefined };
      if (done || value === undefined) return;
      yield value;
    }
  } finally {
    // Whoever reads no further wants no more of it.
    await reader?.cancel().catch(() => {});
  }
}

async function refusal(response: Response): Promise<ClientError> {
  const { code, message } = (await response.json().catch(() => ({}))) as { code?: string; message?: string };
  const text = message ?? `The download was refused with HTTP status ${response.status}.`;
  const hint = seconds(response.headers.get('retry-after'));
  return fromWire({ message: text, extensions: { code: code ?? 'RETRY_LATER' } }, hint);
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, '0');
}
