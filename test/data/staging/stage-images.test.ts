import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { decodeImage } from '../../../src/data/images/decode.ts';
import type { Source } from '../../../src/data/readers/source.ts';
import { imageFormat, stageImageFiles } from '../../../src/data/staging/stage-images.ts';
import { Staging } from '../../../src/data/staging/staging.ts';
import { REPORT_FILE, ROW_COLUMNS, ROWS_FILE } from '../../../src/domain/staged-files.ts';
import { fileOf, scratch } from '../files.ts';

const CLASSES = '["airplane", "automobile", "bird"]';

/** Stages and gives back the rows' labels and images, and the report. */
async function stage(directory: string, format: 'idx' | 'cifar', sources: readonly Source[], strict = false) {
  const staging = new Staging({ directory, strict });
  await stageImageFiles(format, sources, staging);
  const counts = staging.finish();
  const column = (line: string, name: (typeof ROW_COLUMNS)[number]) =>
    line.split('\t')[ROW_COLUMNS.indexOf(name)] as string;
  const lines = readFileSync(join(directory, ROWS_FILE), 'utf8').split('\n').filter(Boolean);
  const report = readFileSync(join(directory, REPORT_FILE), 'utf8').split('\n').filter(Boolean);
  return {
    counts,
    labels: lines.map((line) => column(line, 'label')),
    images: lines.map((line) => Buffer.from(column(line, 'item_data').slice(3), 'hex')),
    report: report.map((line) => JSON.parse(line) as { line: number; reason: string }),
  };
}

/** An image whose planes hold one value each. */
const cifarRecord = (label: number, red: number, green: number, blue: number) =>
  Buffer.concat([Buffer.from([label]), ...[red, green, blue].map((value) => Buffer.alloc(1024, value))]);

function idx(dimensions: readonly number[], bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(4 + 4 * dimensions.length);
  head[2] = 8;
  head[3] = dimensions.length;
  for (const [d, size] of dimensions.entries()) head.writeUInt32BE(size, 4 + 4 * d);
  return Buffer.concat([head, bytes]);
}

test('CIFAR planes become pixels, labels their names, and a cut-off end is reported', async (t) => {
  const directory = scratch(t);
  const records = [cifarRecord(0, 10, 20, 30), cifarRecord(2, 1, 2, 3), cifarRecord(7, 0, 0, 0)];
  const content = gzipSync(Buffer.concat([...records, Buffer.alloc(100)]));
  const sources = [fileOf(directory, 'batch.bin.gz', content), fileOf(directory, 'classes.json', CLASSES)];
  assert.equal(await imageFormat(sources[0] as Source), 'cifar');
  const { labels, images, report, counts } = await stage(directory, 'cifar', sources);
  assert.deepEqual(labels, ['airplane', 'bird']);
  const { pixels } = await decodeImage(images[0] as Buffer, { width: 32, height: 32, channels: 3 });
  assert.deepEqual([...pixels.subarray(0, 6)], [10, 20, 30, 10, 20, 30]);
  assert.deepEqual([counts.rowsRead, counts.rowsSkipped], [4, 2]);
  assert.match(report[0]?.reason ?? '', /label 7 has no name/);
  assert.match(report[1]?.reason ?? '', /ends within this image: 100 of 3073/);
  await assert.rejects(stage(directory, 'cifar', sources, true), { code: 'IMPORT_FAILED' });
});

test('IDX files give images with the labels beside them, grey and in colour', async (t) => {
  const directory = scratch(t);
  const images = fileOf(
    directory,
    'images.idx.gz',
    gzipSync(
      idx(
        [3, 2, 2],
        Uint8Array.from({ length: 12 }, (_, i) => i),
      ),
    ),
  );
  const labels = fileOf(directory, 'labels.idx', idx([3], Uint8Array.of(5, 0, 5)));
  assert.equal(await imageFormat(images), 'idx');
  const found = await stage(directory, 'idx', [labels, images]);
  assert.deepEqual(found.labels, ['5', '0', '5']);
  const { pixels } = await decodeImage(found.images[2] as Buffer, { width: 2, height: 2, channels: 1 });
  assert.deepEqual([...pixels], [8, 9, 10, 11]);
  const colour = fileOf(directory, 'colour.idx', idx([1, 1, 2, 3], Uint8Array.of(1, 2, 3, 4, 5, 6)));
  const inColour = await stage(directory, 'idx', [colour]);
  assert.deepEqual(inColour.labels, ['\\N']);
});

test('IDX files that do not fit each other are refused, a short one is reported', async (t) => {
  const directory = scratch(t);
  const two = fileOf(directory, 'two.idx', idx([2, 1, 1], Uint8Array.of(1, 2)));
  const three = fileOf(directory, 'three.idx', idx([3], Uint8Array.of(1, 2, 3)));
  await assert.rejects(stage(directory, 'idx', [two, three]), { code: 'BAD_INPUT', message: /2 images.* 3 labels/ });
  await assert.rejects(stage(directory, 'idx', [three]), { code: 'BAD_INPUT', message: /0 files with images/ });
  const short = fileOf(directory, 'short.idx', idx([9, 1, 1], Uint8Array.of(1, 2)));
  const { report, counts } = await stage(directory, 'idx', [short]);
  assert.match(report[0]?.reason ?? '', /has 9 images and ends after 2/);
  assert.equal(counts.rows, 2);
});
