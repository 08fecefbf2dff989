import { totalmem } from 'node:os';
import { QuartetError } from '../domain/errors.ts';
import { type Footprint, footprint, type IndexShape } from '../search-index/footprint.ts';
import { mebibytes } from './disk-room.ts';

/** What this machine has for an index, in bytes. */
export interface Room {
  /** Memory that loaded indexes may take together. */
  readonly memory: number;
  /** Free on the disk of the artifacts. */
  readonly disk: number;
}

export interface IndexEstimate extends IndexShape {
  readonly bytes: Footprint;
  readonly room: Room;
  /** Why it is refused; null where it fits. */
  readonly refusal: string | null;
}

/** Tells what an index will take before anything is built, and whether this machine can hold it. */
export function estimateIndex(shape: IndexShape, room: Room): IndexEstimate {
  const bytes = footprint(shape);
  return { ...shape, bytes, room, refusal: refusalOf(shape, bytes, room) };
}

/** @throws QuartetError BAD_INPUT or DISK_FULL with the numbers and what would help */
export function requireRoom({ bytes, room, refusal }: IndexEstimate): void {
  if (refusal === null) return;
  const code = bytes.memory <= room.memory && bytes.building <= totalmem() ? 'DISK_FULL' : 'BAD_INPUT';
  throw new QuartetError(code, refusal, { field: ['input'] });
}

function refusalOf(shape: IndexShape, bytes: Footprint, room: Room): string | null {
  const what = `an index of ${shape.count.toLocaleString('en')} x ${shape.dimensions} (${shape.storage}, m ${shape.m})`;
  if (bytes.memory > room.memory) {
    return `${what} takes ${mebibytes(bytes.memory)} of memory, this server keeps at most ${mebibytes(room.memory)} of indexes; ${lighter(shape, room)}`;
  }
  if (bytes.building > totalmem()) {
    return `${what} takes ${mebibytes(bytes.building)} of memory to build, the machine has ${mebibytes(totalmem())}; ${lighter(shape, room)}`;
  }
  if (bytes.disk > room.disk) {
    return `${what} takes ${mebibytes(bytes.disk)} on disk and ${mebibytes(room.disk)} are free; free some, or delete index versions`;
  }
  return null;
}

function lighter(shape: IndexShape, room: Room): string {
  const int8 = footprint({ ...shape, storage: 'int8' });
  return shape.storage === 'float32' && int8.memory <= room.memory && int8.building <= totalmem()
    ? `as INT8 it takes ${mebibytes(int8.memory)}`
    : 'use a machine with more, fewer items, an encoder with fewer dimensions, or a smaller m';
}
