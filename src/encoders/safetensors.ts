import { readFile } from 'node:fs/promises';
import { QuartetError } from '../domain/errors.ts';
import { writeFileAtomic } from '../platform/atomic-file.ts';
import { shownPath } from '../platform/shown-path.ts';
import type { NamedArrays } from './encoder.ts';

/*
 * The safetensors format (github.com/huggingface/safetensors): uint64 little-endian length of the header, the header as
 * JSON from name to {dtype, shape, data_offsets}, then the arrays back to back. Of its types F32, I32, U32 and U8 are used
 * here; bytes are written last, so that every array starts on four bytes and is read without a copy.
 */

const TYPES = { F32: Float32Array, I32: Int32Array, U32: Uint32Array, U8: Uint8Array } as const;
type TypeName = keyof typeof TYPES;
const METADATA = '__metadata__';
/** The format's own bound on the header. */
const MAX_HEADER_BYTES = 100_000_000;

export interface SafetensorsOptions {
  /** Shape of the arrays that are more than a vector. */
  readonly shapes?: Readonly<Record<string, readonly number[]>>;
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface SafetensorsContent {
  readonly arrays: NamedArrays;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Replaces the file as a whole. The arrays are read until the promise settles. @throws the file system's error */
export async function writeSafetensors(
  path: string,
  arrays: NamedArrays,
  { shapes = {}, metadata }: SafetensorsOptions = {},
): Promise<void> {
  const header: Record<string, unknown> = metadata === undefined ? {} : { [METADATA]: metadata };
  let offset = 0;
  const ordered = Object.entries(arrays).sort(([, a], [, b]) => b.BYTES_PER_ELEMENT - a.BYTES_PER_ELEMENT);
  for (const [name, array] of ordered) {
    const shape = shapes[name] ?? [array.length];
    if (shape.reduce((product, n) => product * n, 1) !== array.length) {
      throw new RangeError(
        `array ${name} has ${array.length} elements, its shape [${shape.join(', ')}] has another number`,
      );
    }
    header[name] = { dtype: typeOf(array), shape, data_offsets: [offset, offset + array.byteLength] };
    offset += array.byteLength;
  }
  const json = Buffer.from(JSON.stringify(header));
  const padded = Math.ceil(json.length / 8) * 8;
  const head = Buffer.alloc(8 + padded, ' ');
  head.writeBigUInt64LE(BigInt(padded));
  json.copy(head, 8);
  await writeFileAtomic(path, async (file) => {
    await file.writeFile(head);
    for (const { buffer, byteOffset, byteLength } of ordered.map(([, array]) => array)) {
      await file.writeFile(new Uint8Array(buffer, byteOffset, byteLength));
    }
  });
}

/** @throws QuartetError CORRUPT_ARTIFACT when the file is not there, truncated, or its header does not fit its bytes */
export async function readSafetensors(path: string): Promise<SafetensorsContent> {
  const corrupt = (problem: string, cause?: unknown) =>
    new QuartetError('CORRUPT_ARTIFACT', `${shownPath(path)} is not a whole safetensors file: ${problem}`, { cause });
  const bytes = await readFile(path).catch((cause) => {
    throw corrupt('it can not be read', cause);
  });
  if (bytes.length < 8) throw corrupt(`it has ${bytes.length} bytes`);
  const headerLength = Number(bytes.readBigUInt64LE());
  if (headerLength > Math.min(MAX_HEADER_BYTES, bytes.length - 8)) throw corrupt('its header reaches past its end');
  let header: Record<string, unknown>;
  try {
    header = JSON.parse(bytes.toString('utf8', 8, 8 + headerLength));
  } catch (cause) {
    throw corrupt('its header is not JSON', cause);
  }
  // Small reads share a pool whose slices need not start on four bytes; copying those is cheap.
  const aligned = (bytes.byteOffset + 8 + headerLength) % 4 === 0;
  const data = aligned ? bytes.subarray(8 + headerLength) : new Uint8Array(bytes.subarray(8 + headerLength));
  const arrays: Record<string, InstanceType<(typeof TYPES)[TypeName]>> = {};
  const shapes: Record<string, readonly number[]> = {};
  const { [METADATA]: metadata = {}, ...entries } = header;
  let expected = 0;
  for (const [name, entry] of Object.entries(entries)) {
    const { dtype, shape, data_offsets } = entry as {
      dtype: TypeName;
      shape: number[];
      data_offsets: [number, number];
    };
    const [from, to] = data_offsets;
    const type = TYPES[dtype];
    if (type === undefined)
      throw corrupt(`array ${name} has the type ${dtype}, known here: ${Object.keys(TYPES).join(', ')}`);
    const length = shape.reduce((product, n) => product * n, 1);
    if (from !== expected || to - from !== length * type.BYTES_PER_ELEMENT || to > data.length)
      throw corrupt(`array ${name} lies out of place`);
    if ((data.byteOffset + from) % type.BYTES_PER_ELEMENT !== 0) throw corrupt(`array ${name} is not aligned`);
    arrays[name] = new type(data.buffer, data.byteOffset + from, length);
    shapes[name] = shape;
    expected = to;
  }
  if (expected !== data.length) throw corrupt('it has bytes that belong to no array');
  return { arrays, shapes, metadata: metadata as Record<string, string> };
}

function typeOf(array: NamedArrays[string]): TypeName {
  if (array instanceof Float32Array) return 'F32';
  if (array instanceof Int32Array) return 'I32';
  return array instanceof Uint32Array ? 'U32' : 'U8';
}
