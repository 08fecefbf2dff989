import type SharpModule from 'sharp';
import type { ImagePixels, ImageShape } from '../../domain/contents.ts';
import { QuartetError } from '../../domain/errors.ts';
import { MAX_IMAGE_PIXELS } from '../limits.ts';
import { imageType } from './image-type.ts';

type Sharp = typeof SharpModule;
let loaded: Promise<Sharp> | undefined;

/** Loaded when the first image comes: its native part is missing on some machines, where everything else works. */
async function sharp(): Promise<Sharp> {
  loaded ??= import('sharp').then(
    (module) => module.default,
    (cause) => {
      const message =
        'images can not be decoded: sharp has no part for this machine; install it with `npm install --include=optional sharp`';
      throw new QuartetError('BACKEND_UNAVAILABLE', message, { cause });
    },
  );
  return loaded;
}

/** An image that ends early or has wrong bytes is refused, not completed with grey. No image is decoded beyond the bound. */
async function open(file: Uint8Array) {
  return (await sharp())(file, { failOn: 'error', limitInputPixels: MAX_IMAGE_PIXELS, autoOrient: true });
}

/**
 * Reads an image file to its end. Takes far less memory than its pixels.
 * @returns why it can't be used, or null
 * @throws QuartetError BACKEND_UNAVAILABLE where nothing can be decoded
 */
export async function imageFault(file: Uint8Array): Promise<string | null> {
  if (imageType(file) === null) return 'is no JPEG, PNG, GIF, WebP, TIFF or AVIF image';
  const image = await open(file);
  try {
    await image.resize(1, 1).raw().toBuffer();
    return null;
  } catch (error) {
    return `can not be decoded: ${plain(error)}`;
  }
}

/** Size of an image file as it is seen, rotation applied. @throws QuartetError BAD_INPUT when it can't be read */
export async function imageShape(file: Uint8Array): Promise<ImageShape> {
  if (imageType(file) === null) throw undecodable('it is no JPEG, PNG, GIF, WebP, TIFF or AVIF image');
  try {
    const { width, height, autoOrient, space } = await (await open(file)).metadata();
    const size = autoOrient ?? { width, height };
    return { width: size.width, height: size.height, channels: space === 'b-w' || space === 'grey16' ? 1 : 3 };
  } catch (error) {
    if (error instanceof QuartetError) throw error;
    throw undecodable(plain(error), error);
  }
}

/**
 * Decodes an image file to this shape: scaled until it fills it, then cut at both ends of the longer side; transparent parts white.
 * An image that has the shape comes out as it is.
 * @throws QuartetError BAD_INPUT when it can't be decoded, BACKEND_UNAVAILABLE
 */
export async function decodeImage(file: Uint8Array, shape: ImageShape): Promise<ImagePixels> {
  if (imageType(file) === null) throw undecodable('it is no JPEG, PNG, GIF, WebP, TIFF or AVIF image');
  const { width, height, channels } = shape;
  try {
    const image = (await open(file))
      .resize(width, height, { fit: 'cover' })
      .flatten({ background: 'white' })
      .toColourspace(channels === 1 ? 'b-w' : 'srgb');
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
    if (info.channels !== channels) throw new Error(`${info.channels} channels came out instead of ${channels}`);
    return { width, height, channels, pixels: data };
  } catch (error) {
    if (error instanceof QuartetError) throw error;
    throw undecodable(plain(error), error);
  }
}

function undecodable(why: string, cause?: unknown): QuartetError {
  return new QuartetError('BAD_INPUT', `the image can not be decoded: ${why}`, { cause });
}

/** The decoder's own words, on one line. */
function plain(error: unknown): string {
  const message = (error as Error).message.replace(/\s+/g, ' ').trim().slice(0, 200);
  return /^unknown error$/i.test(message) ? 'the file is damaged or ends early' : message;
}
