import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline, type Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { QuartetError } from '../../domain/errors.ts';
import { MAX_UNPACKED_RATIO, UNPACKED_UNASKED_BYTES } from '../limits.ts';

const CHUNK_BYTES = 1 << 20;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** A file on its way in: gzip is seen by its first bytes, whatever the name says. */
export interface Source {
  /** As the caller calls it; used in messages and reports. */
  readonly name: string;
  readonly path: string;
}

/**
 * The file's bytes, unpacked and without byte order mark, in chunks; reads no further ahead than one chunk.
 * @throws QuartetError IMPORT_FAILED for a damaged gzip, UNSUPPORTED_FORMAT for UTF-16
 */
export async function* readBytes(source: Source): AsyncGenerator<Buffer, void, void> {
  let first = true;
  for await (const chunk of readRawBytes(source)) {
    let bytes = chunk;
    if (first) {
      first = false;
      if (bytes.length > 1 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))) {
        throw new QuartetError('UNSUPPORTED_FORMAT', `${source.name} is UTF-16; save it as UTF-8`);
      }
      if (bytes.subarray(0, 3).equals(BOM)) bytes = bytes.subarray(3);
    }
    if (bytes.length > 0) yield bytes;
  }
}

/** The same for what is no text: every byte. @throws QuartetError IMPORT_FAILED for a damaged gzip */
export async function* readRawBytes(source: Source): AsyncGenerator<Buffer, void, void> {
  try {
    for await (const chunk of await byteStream(source.path)) yield chunk as Buffer;
  } catch (error) {
    throw readable(error, source);
  }
}

/** The first bytes after unpacking, at most `count`. */
export async function peek(source: Source, count: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of await byteStream(source.path)) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length >= count) break;
    }
  } catch (error) {
    throw readable(error, source);
  }
  return Buffer.concat(chunks).subarray(0, count);
}

export async function isGzip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

async function byteStream(path: string): Promise<Readable> {
  const packed = await isGzip(path);
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  if (!packed) return file;
  // The callback is needed for the file to be closed with the unpacker; errors reach whoever reads.
  const { size } = await stat(path);
  return pipeline(file, createGunzip({ chunkSize: CHUNK_BYTES }), boundedBy(size), () => {});
}

/** A few kilobytes can unpack to a thousand times as much, again and again: a file made to fill disks is given up early. */
function boundedBy(packed: number): Transform {
  const most = Math.max(UNPACKED_UNASKED_BYTES, MAX_UNPACKED_RATIO * packed);
  let unpacked = 0;
  return new Transform({
    readableHighWaterMark: CHUNK_BYTES,
    transform(chunk: Buffer, _encoding, done) {
      unpacked += chunk.length;
      if (unpacked <= most) return done(null, chunk);
      const ratio = `${MAX_UNPACKED_RATIO} times`;
      done(
        new QuartetError(
          'IMPORT_FAILED',
          `the file unpacks to more than ${ratio} its ${packed} bytes; send it unpacked`,
        ),
      );
    },
  });
}

function readable(error: unknown, { name }: Source): unknown {
  if (error instanceof QuartetError) {
    return new QuartetError(error.code, error.message.replace('the file', name), { cause: error });
  }
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new QuartetError(
      'IMPORT_FAILED',
      `${name} is a damaged or truncated gzip file: ${(error as Error).message}`,
      { cause: error },
    );
  }
  if (code === 'ENOENT') return new QuartetError('NOT_FOUND', `there is no file ${name}`, { cause: error });
  return error;
}
