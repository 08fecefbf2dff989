import { encodePng } from '../images/png.ts';
import { type Batches, badRow, goodRow } from './reader.ts';
import { readRecords } from './records.ts';
import type { Source } from './source.ts';

/*
 * The binary version of CIFAR-10 (Krizhevsky 2009): for each image one byte of label, then 32 x 32 bytes each of red, green and blue, by
 * row.
 */
const SIDE = 32;
const PLANE = SIDE * SIDE;
const RECORD = 1 + 3 * PLANE;

/** Columns `image` (a PNG file with these pixels) and `label`. @param nameOf the label's name, null when it has none */
export async function* readCifar(source: Source, nameOf: (label: number) => string | null): Batches {
  yield { columns: ['image', 'label'], rows: [] };
  for await (const { first, bytes } of readRecords(source, { header: 0, size: RECORD })) {
    const rows = Array.from({ length: Math.ceil(bytes.length / RECORD) }, (_, i) => {
      const record = bytes.subarray(i * RECORD, (i + 1) * RECORD);
      const line = first + i + 1;
      if (record.length < RECORD) {
        return badRow(line, `the file ends within this image: ${record.length} of ${RECORD} bytes are there`, '');
      }
      const label = nameOf(record[0] as number);
      if (label === null) return badRow(line, `the label ${record[0]} has no name among the classes`, '');
      return goodRow(line, { image: encodePng(pixelsOf(record.subarray(1))), label });
    });
    yield { columns: null, rows };
  }
}

/** From planes to pixels. */
function pixelsOf(planes: Uint8Array) {
  const pixels = new Uint8Array(3 * PLANE);
  for (let at = 0; at < PLANE; at++) {
    for (let channel = 0; channel < 3; channel++) pixels[3 * at + channel] = planes[channel * PLANE + at] as number;
  }
  return { width: SIDE, height: SIDE, channels: 3, pixels };
}
