import { QuartetError } from '../../domain/errors.ts';
import { encodePng } from '../images/png.ts';
import { MAX_IMAGE_BYTES } from '../limits.ts';
import { type Batches, badRow, goodRow } from './reader.ts';
import { readRecords } from './records.ts';
import { peek, readRawBytes, type Source } from './source.ts';

/*
 * IDX, the format of MNIST (LeCun, Cortes, Burges): two zero bytes, the type (8: unsigned bytes), the number of dimensions, each of these as
 * 32 bits with the highest byte first, then the bytes.
 */
const UNSIGNED_BYTE = 8;

/** @returns the dimensions, or null for what is no IDX of bytes */
export async function idxDimensions(source: Source): Promise<readonly number[] | null> {
  const head = await peek(source, 4 + 4 * 4);
  const count = head[3] ?? 0;
  if (count < 1 || count > 4 || head.length < 4 + 4 * count) return null;
  if (head.readUInt16BE(0) !== 0 || head[2] !== UNSIGNED_BYTE) return null;
  return Array.from({ length: count }, (_, d) => head.readUInt32BE(4 + 4 * d));
}

/**
 * Columns `image` (a PNG file with these pixels) and, where there are labels, `label`.
 * @param images dimensions [N, H, W], or [N, H, W, C] with C 1 or 3
 * @param labels dimensions [N]; null for none
 * @throws QuartetError BAD_INPUT when the files do not fit each other, IMPORT_FAILED for a damaged gzip
 */
export async function* readIdx(
  images: Source,
  labels: Source | null,
  nameOf: (label: number) => string | null,
): Batches {
  const dimensions = (await idxDimensions(images)) ?? [];
  const [count = 0, height = 0, width = 0, channels = 1] = dimensions;
  const size = height * width * channels;
  if (size === 0 || size > MAX_IMAGE_BYTES || (channels !== 1 && channels !== 3)) {
    throw new QuartetError('BAD_INPUT', `${images.name} holds no images: IDX of [N, H, W] or [N, H, W, 1 or 3] does`);
  }
  const names = labels === null ? null : await labelsOf(labels);
  if (names !== null && names.length !== count) {
    const what = `${images.name} has ${count} images, ${labels?.name} has ${names.length} labels`;
    throw new QuartetError('BAD_INPUT', `${what}: give those that belong together, each labels file after its images`);
  }
  yield { columns: names === null ? ['image'] : ['image', 'label'], rows: [] };
  const header = 4 + 4 * dimensions.length;
  let seen = 0;
  for await (const { first, bytes } of readRecords(images, { header, size })) {
    const rows = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => {
      const [record, row] = [bytes.subarray(i * size, (i + 1) * size), first + i];
      seen = row + 1;
      if (row >= count) return badRow(row + 1, `the file says that it has ${count} images, here is more`, '');
      if (record.length < size) {
        return badRow(row + 1, `the file ends within this image: ${record.length} of ${size} bytes are there`, '');
      }
      const image = encodePng({ width, height, channels, pixels: record });
      if (names === null) return goodRow(row + 1, { image });
      const label = nameOf(names[row] as number);
      if (label === null) return badRow(row + 1, `the label ${names[row]} has no name among the classes`, '');
      return goodRow(row + 1, { image, label });
    });
    yield { columns: null, rows };
  }
  if (seen < count) {
    const reason = `the file says that it has ${count} images and ends after ${seen}`;
    yield { columns: null, rows: [badRow(seen + 1, reason, '')] };
  }
}

async function labelsOf(source: Source): Promise<Buffer> {
  const dimensions = await idxDimensions(source);
  if (dimensions?.length !== 1) {
    throw new QuartetError('BAD_INPUT', `${source.name} holds no labels: IDX of one dimension does`);
  }
  const chunks: Buffer[] = [];
  for await (const chunk of readRawBytes(source)) chunks.push(chunk);
  return Buffer.concat(chunks).subarray(8);
}
