import { crc32 } from 'node:zlib';
import type { ImagePixels } from '../../domain/contents.ts';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
/** What one stored block of deflate holds at most. */
const STORED_BYTES = 65_535;

/**
 * Pixels as a PNG file, so that what comes without a file can be kept and shown like what comes with one. Not compressed: the same
 * pixels give the same bytes with any version of zlib, and so the same content hash. PNG (ISO 15948), deflate (RFC 1951, 3.2.4).
 */
export function encodePng({ width, height, channels, pixels }: ImagePixels): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8; // bits a channel
  header[9] = channels === 1 ? 0 : 2; // grey, or red, green, blue
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', stored(filtered(pixels, width * channels, height))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Each row with filter type 0 before it. */
function filtered(pixels: Uint8Array, rowBytes: number, rows: number): Buffer {
  const result = Buffer.alloc((rowBytes + 1) * rows);
  for (let row = 0; row < rows; row++) {
    result.set(pixels.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  }
  return result;
}

/** A zlib stream (RFC 1950) of stored blocks. */
function stored(data: Buffer): Buffer {
  const parts: Buffer[] = [Buffer.from([0x78, 0x01])];
  for (let from = 0; from < data.length; from += STORED_BYTES) {
    const block = data.subarray(from, from + STORED_BYTES);
    const head = Buffer.alloc(5);
    head[0] = from + block.length === data.length ? 1 : 0;
    head.writeUInt16LE(block.length, 1);
    head.writeUInt16LE(block.length ^ 0xffff, 3);
    parts.push(head, block);
  }
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(adler32(data));
  return Buffer.concat([...parts, sum]);
}

function adler32(data: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of data) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return ((b << 16) | a) >>> 0;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
