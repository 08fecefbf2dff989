import { setImmediate as nextTurn } from 'node:timers/promises';
import { decodeImage, imageShape } from '../../data/images/decode.ts';
import type { Snapshot } from '../../data/snapshot.ts';
import type { ImageShape } from '../../domain/contents.ts';
import { QuartetError } from '../../domain/errors.ts';
import type { EncoderSpec } from '../../domain/training.ts';
import type { Content, Encoder } from '../../encoders/index.ts';
import type { QuerySide } from './training-data.ts';

/** Images decoded at a time. */
const AT_ONCE = 64;
/** Images that say whether all are grey. */
const LOOKED_AT = 64;
/** Pixels a side beyond which images are scaled down where nobody says to what size. */
const LARGEST_OWN_SIZE = 32;

/** Rows of a snapshot as encoders read them, when asked for. */
export interface ContentReader {
  /** @throws QuartetError BAD_INPUT for an image that can't be decoded */
  read(side: QuerySide, rows: ArrayLike<number>): Promise<readonly Content[]>;
}

/** @param shape to which images are decoded; null where there are none */
function contentReader(snapshot: Snapshot, shape: ImageShape | null): ContentReader {
  return {
    async read(side, rows) {
      if (snapshot.kind !== 'IMAGE') return Array.from(rows, (row) => plainContent(snapshot, side, row));
      const images: Content[] = [];
      for (let from = 0; from < rows.length; from += AT_ONCE) {
        const some = Array.from({ length: Math.min(AT_ONCE, rows.length - from) }, (_, i) => rows[from + i] as number);
        images.push(
          ...(await Promise.all(some.map((row) => decodeRow(snapshot, { side, row, shape: shape as ImageShape })))),
        );
      }
      return images;
    },
  };
}

/** The reader for what this encoder reads. @throws QuartetError BAD_INPUT when the snapshot holds something else */
export function contentsFor(encoder: Encoder<Content>, snapshot: Snapshot): ContentReader {
  const kind = snapshot.kind.toLowerCase();
  if (encoder.reads === kind) return contentReader(snapshot, encoder.imageShape ?? null);
  throw new QuartetError('BAD_INPUT', `the encoder reads ${encoder.reads}s, the dataset holds ${kind}s`);
}

/** All rows of a snapshot, to be had at once. */
export interface LoadedContents {
  content(side: QuerySide, row: number): Content;
  /** Of images: those of all items, row by row, in memory that threads share. */
  readonly items?: { readonly shape: ImageShape; readonly pixels: Uint8Array };
}

/**
 * Makes every row ready. Texts and vectors stay in the file until they are asked for; images are decoded into memory, in shared blocks that
 * other threads can read: their pixels' bytes each.
 */
export async function loadContents(
  snapshot: Snapshot,
  spec: EncoderSpec,
  signal: AbortSignal,
): Promise<LoadedContents> {
  if (snapshot.kind !== 'IMAGE') return { content: (side, row) => plainContent(snapshot, side, row) };
  const shape = await shapeFor(snapshot, spec.kind === 'image-conv' ? spec.size : null);
  const reader = contentReader(snapshot, shape);
  const length = shape.width * shape.height * shape.channels;
  const decoded = async (side: QuerySide) => {
    const { count } = snapshot[side];
    const block = new Uint8Array(new SharedArrayBuffer(count * length));
    for (let from = 0; from < count; from += AT_ONCE) {
      const rows = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => from + i);
      for (const [i, image] of (await reader.read(side, rows)).entries()) {
        block.set((image as { pixels: Uint8Array }).pixels, (from + i) * length);
      }
      await nextTurn();
      signal.throwIfAborted();
    }
    return block;
  };
  const blocks = { items: await decoded('items'), queries: await decoded('queries') };
  return {
    content: (side, row) => ({ ...shape, pixels: blocks[side].subarray(row * length, (row + 1) * length) }),
    items: { shape, pixels: blocks.items },
  };
}

/**
 * What images are decoded to for a training: squares of the size asked for, else the first image's own size, or squares of 32 where that
 * is larger; grey where all of some tens of images are.
 */
async function shapeFor({ items }: Snapshot, size: number | null): Promise<ImageShape> {
  if (items.count === 0) throw new QuartetError('NOT_READY', 'the dataset has no image yet; import some first');
  const count = Math.min(LOOKED_AT, items.count);
  const rows = Array.from({ length: count }, (_, i) => Math.floor((i * items.count) / count));
  const shapes = await Promise.all(rows.map((row) => imageShape(items.bytes(row))));
  const channels = shapes.some((shape) => shape.channels === 3) ? 3 : 1;
  const { width, height } = shapes[0] as ImageShape;
  if (size !== null) return { width: size, height: size, channels };
  if (Math.max(width, height) <= LARGEST_OWN_SIZE) return { width, height, channels };
  return { width: LARGEST_OWN_SIZE, height: LARGEST_OWN_SIZE, channels };
}

function plainContent(snapshot: Snapshot, side: QuerySide, row: number): Content {
  if (snapshot.kind === 'TEXT') return snapshot[side].text(row);
  const bytes = snapshot[side].bytes(row);
  // A view of floats must begin at a multiple of four bytes: where it does not the bytes are copied once more.
  const { buffer, byteOffset, length } = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
  return new Float32Array(buffer, byteOffset, length / 4);
}

interface ImageRow {
  readonly side: QuerySide;
  readonly row: number;
  readonly shape: ImageShape;
}

async function decodeRow(snapshot: Snapshot, { side, row, shape }: ImageRow): Promise<Content> {
  try {
    return await decodeImage(snapshot[side].bytes(row), shape);
  } catch (error) {
    if (!(error instanceof QuartetError)) throw error;
    const what = side === 'items' ? 'item' : 'query';
    throw new QuartetError(error.code, `${what} ${snapshot[side].ids[row]}: ${error.message}`, { cause: error });
  }
}
