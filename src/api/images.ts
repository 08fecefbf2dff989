import { QuartetError } from '../domain/errors.ts';

/** Of an image file in a request. */
export const MOST_IMAGE_BYTES = 11 * 2 ** 20;

/** @param text base64 of an image file, or a data: URI of it */
export function imageOf(text: string, field: readonly string[]): Uint8Array {
  const base64 = text.replace(/^data:[^,]{0,100};base64,/, '');
  if (base64.length === 0 || base64.length % 4 === 1 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) {
    throw new QuartetError('BAD_INPUT', 'the image is not valid base64 text (RFC 4648, section 4)', { field });
  }
  return Buffer.from(base64, 'base64');
}
