import { MAX_IMAGE_BYTES } from '../limits.ts';
import { base64Bytes } from './base64.ts';
import type { Parsed } from './vector-value.ts';

/**
 * An image as files hold it: bytes, their base64 (a data: URI too), or an object with `bytes` as in Parquet files of images. Whether it
 * can be decoded is not looked at.
 */
export function parseImage(value: unknown): Parsed {
  const bytes = bytesOf(value);
  if (bytes === null) {
    const hint = typeof value === 'string' && /[./\\]/.test(value) ? '; send the file it names, not its path' : '';
    return { fault: `is no base64 of an image file${hint}` };
  }
  if (bytes.length > MAX_IMAGE_BYTES) {
    return { fault: `is an image of ${bytes.length} bytes, at most ${MAX_IMAGE_BYTES} are allowed` };
  }
  return { bytes };
}

function bytesOf(value: unknown): Buffer | null {
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (typeof value === 'object' && value !== null && 'bytes' in value) return bytesOf(value.bytes);
  if (typeof value !== 'string') return null;
  return base64Bytes(value.replace(/^data:[^,]{0,100};base64,/, '').replace(/\s+/g, ''));
}
