import { createHash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { DatasetKind } from '../domain/contents.ts';
import { QuartetError } from '../domain/errors.ts';
import { shownPath } from '../platform/shown-path.ts';
import { ContentColumn } from './snapshot-contents.ts';

/*
 * A snapshot is everything that training, evaluation and index building see of a dataset, in one file that needs no
 * database. Version 1, little-endian throughout:
 *   magic      8 bytes
 *   columns    back to back, each contiguous; contents are bytes (of a text: UTF-8) with float64 offsets (count + 1) beside them
 *   directory  JSON: counts, and for each column its name, offset, length and SHA-256
 *   trailer    uint32 length of the directory, SHA-256 of the directory, magic again
 * So every byte is under a checksum. Rows are in the order of their ids, judgements in the order of (query row, item row).
 */

export const SNAPSHOT_MAGIC = Buffer.from('QTSNAP\r\x01', 'latin1');
export const SNAPSHOT_FILE = 'snapshot.qds';
const CHUNK_BYTES = 1 << 20;
const TRAILER_BYTES = 4 + 32 + SNAPSHOT_MAGIC.length;

/** What a column with contents is called, so that the hash tells texts, images and vectors apart. */
export const CONTENT_NAMES = { TEXT: 'text', IMAGE: 'image', VECTOR: 'vector' } as const satisfies Record<
  DatasetKind,
  string
>;
type ContentName = (typeof CONTENT_NAMES)[DatasetKind];
export type SnapshotColumn =
  | `item.${ContentName | 'offset' | 'id' | 'label'}`
  | 'label.text'
  | 'label.offset'
  | `query.${ContentName | 'offset' | 'id' | 'split'}`
  | `relevance.${'query' | 'item' | 'grade'}`;

/** In file order. */
export function snapshotColumns(kind: DatasetKind): readonly SnapshotColumn[] {
  return [
    `item.${CONTENT_NAMES[kind]}`,
    'item.offset',
    'item.id',
    'item.label',
    'label.text',
    'label.offset',
    `query.${CONTENT_NAMES[kind]}`,
    'query.offset',
    'query.id',
    'query.split',
    'relevance.query',
    'relevance.item',
    'relevance.grade',
  ];
}

export interface SnapshotDirectory {
  readonly version: 1;
  /** Absent: TEXT. */
  readonly kind?: DatasetKind;
  readonly items: number;
  readonly labels: number;
  readonly queries: number;
  readonly relevance: number;
  readonly columns: readonly { name: SnapshotColumn; offset: number; bytes: number; sha256: string }[];
}

export const SPLIT_CODES = { TRAIN: 0, VALIDATION: 1, TEST: 2 } as const;

export interface Snapshot {
  /**
   * SHA-256 over all columns but the database ids: the same contents, labels, splits and judgements in the same order have the
   * same hash, in whichever database they lie.
   */
  readonly hash: string;
  /** What items and queries are. */
  readonly kind: DatasetKind;
  readonly items: {
    readonly count: number;
    /** Database ids by row, ascending. */
    readonly ids: Int32Array;
    /** Of a snapshot of texts. */
    text(row: number): string;
    /** What the row holds: a text's UTF-8, an image's file, a vector's float32 numbers (little-endian). A copy. */
    bytes(row: number): Buffer;
    label(row: number): string | null;
    /** Number of the label by row, -1 for none; equal labels have equal numbers, from 0 in order of appearance. */
    readonly labels: Int32Array;
  };
  readonly queries: {
    readonly count: number;
    readonly ids: Int32Array;
    /** 0 TRAIN, 1 VALIDATION, 2 TEST: SPLIT_CODES. */
    readonly splits: Uint8Array;
    text(row: number): string;
    bytes(row: number): Buffer;
  };
  /**
   * One entry for each judgement, sorted by query row, then item row. Grade 0 means judged and found not relevant: it is
   * neither a positive for training nor relevant in a metric.
   */
  readonly relevance: {
    readonly count: number;
    readonly queryRows: Int32Array;
    readonly itemRows: Int32Array;
    readonly grades: Uint8Array;
  };
  /** Closes the file; texts can't be read afterwards. */
  close(): void;
}

/**
 * Opens a snapshot after checking every byte of it. Texts stay on disk and are read when asked for (in row order that is
 * one read in 64 KiB), numbers are in memory: 17 bytes an item, 13 a query, 9 a judgement.
 * @throws QuartetError CORRUPT_ARTIFACT when the file is not a snapshot, truncated, or any byte was changed
 */
export async function openSnapshot(path: string): Promise<Snapshot> {
  const { directory, numbers } = await readChecked(path);
  const bytes = (name: SnapshotColumn) => numbers.get(name)!.buffer as ArrayBuffer;
  const fd = openSync(path, 'r');
  const kind = directory.kind ?? 'TEXT';
  const contents = (side: 'item' | 'label' | 'query', name: ContentName = CONTENT_NAMES[kind]) => {
    const { offset } = directory.columns.find((column) => column.name === `${side}.${name}`)!;
    return new ContentColumn(fd, offset, new Float64Array(bytes(`${side}.offset`)));
  };
  const ofItems = contents('item');
  const ofQueries = contents('query');
  const labelTexts = contents('label', 'text');
  const labelNames = Array.from({ length: directory.labels }, (_, index) => labelTexts.text(index));
  const labels = new Int32Array(bytes('item.label'));
  let closed = false;
  return {
    hash: contentHash(directory),
    kind,
    items: {
      count: directory.items,
      ids: new Int32Array(bytes('item.id')),
      text: (row) => ofItems.text(row),
      bytes: (row) => ofItems.bytes(row),
      label: (row) => labelNames[labels[row] ?? -1] ?? null,
      labels,
    },
    queries: {
      count: directory.queries,
      ids: new Int32Array(bytes('query.id')),
      splits: new Uint8Array(bytes('query.split')),
      text: (row) => ofQueries.text(row),
      bytes: (row) => ofQueries.bytes(row),
    },
    relevance: {
      count: directory.relevance,
      queryRows: new Int32Array(bytes('relevance.query')),
      itemRows: new Int32Array(bytes('relevance.item')),
      grades: new Uint8Array(bytes('relevance.grade')),
    },
    close() {
      if (!closed) closeSync(fd);
      closed = true;
    },
  };
}

/** The hash that `Snapshot.hash` has. */
export function contentHash(directory: SnapshotDirectory): string {
  const hash = createHash('sha256');
  for (const { name, bytes, sha256 } of directory.columns) {
    if (name !== 'item.id' && name !== 'query.id') hash.update(`${name} ${bytes} ${sha256}\n`);
  }
  return hash.digest('hex');
}

/** Columns of contents stay in the file. */
function isContent(column: SnapshotColumn): boolean {
  return Object.values(CONTENT_NAMES).some((name) => column.endsWith(`.${name}`));
}

/** One pass over the file: checks it and keeps the columns that are not contents. */
async function readChecked(
  path: string,
): Promise<{ directory: SnapshotDirectory; numbers: Map<SnapshotColumn, Uint8Array> }> {
  const corrupt = (what: string, cause?: unknown) =>
    new QuartetError(
      'CORRUPT_ARTIFACT',
      `snapshot ${shownPath(path)} ${what}; delete it, it is made again from the dataset`,
      {
        cause,
      },
    );
  const file = await open(path, 'r').catch((cause) => {
    throw corrupt('can not be opened', cause);
  });
  try {
    const { size } = await file.stat();
    const slice = async (offset: number, length: number) => {
      const target = Buffer.alloc(length);
      await file.read(target, 0, length, offset);
      return target;
    };
    if (size < SNAPSHOT_MAGIC.length + TRAILER_BYTES) throw corrupt(`is truncated: ${size} bytes`);
    if (!(await slice(0, SNAPSHOT_MAGIC.length)).equals(SNAPSHOT_MAGIC))
      throw corrupt('does not begin like a snapshot');
    const trailer = await slice(size - TRAILER_BYTES, TRAILER_BYTES);
    if (!trailer.subarray(36).equals(SNAPSHOT_MAGIC))
      throw corrupt('does not end like a snapshot: truncated or changed');
    const directoryOffset = size - TRAILER_BYTES - trailer.readUInt32LE(0);
    if (directoryOffset < SNAPSHOT_MAGIC.length) throw corrupt('has a directory longer than itself');
    const json = await slice(directoryOffset, trailer.readUInt32LE(0));
    if (!createHash('sha256').update(json).digest().equals(trailer.subarray(4, 36))) {
      throw corrupt('has a directory that does not match its checksum');
    }
    const directory = JSON.parse(json.toString()) as SnapshotDirectory;
    if (directory.version !== 1) throw corrupt(`has version ${directory.version}, this Quartet reads version 1`);

    const numbers = new Map<SnapshotColumn, Uint8Array>();
    let expected = SNAPSHOT_MAGIC.length;
    for (const { name, offset, bytes, sha256 } of directory.columns) {
      if (offset !== expected) throw corrupt(`has a gap before column ${name}`);
      expected += bytes;
      const text = isContent(name);
      const target = new Uint8Array(text ? Math.min(bytes, CHUNK_BYTES) : bytes);
      const hash = createHash('sha256');
      for (let done = 0; done < bytes; ) {
        const at = text ? 0 : done;
        const { bytesRead } = await file.read(target, at, Math.min(CHUNK_BYTES, bytes - done), offset + done);
        if (bytesRead === 0) throw corrupt(`ends within column ${name}`);
        hash.update(target.subarray(at, at + bytesRead));
        done += bytesRead;
      }
      if (hash.digest('hex') !== sha256) throw corrupt(`has a column ${name} that does not match its checksum`);
      if (!text) numbers.set(name, target);
    }
    if (expected !== directoryOffset) throw corrupt('has bytes that belong to no column');
    return { directory, numbers };
  } finally {
    await file.close();
  }
}
