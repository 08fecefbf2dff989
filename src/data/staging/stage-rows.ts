import { imageFault } from '../images/decode.ts';
import type { RawRow } from '../readers/reader.ts';
import type { RowMapper, StagedRow } from './row-mapper.ts';
import type { Staging } from './staging.ts';

export interface RowStage {
  readonly file: string;
  readonly map: RowMapper;
  readonly staging: Staging;
}

export function stageTexts(rows: readonly RawRow[], { file, map, staging }: RowStage): void {
  for (const raw of rows) {
    staging.row(file, raw, (record) => {
      const mapped = map(record);
      if (typeof mapped === 'string') return mapped;
      staging.add(mapped);
      return null;
    });
  }
}

export function stageVectors(rows: readonly RawRow[], { file, map, staging }: RowStage): void {
  for (const raw of rows) {
    staging.row(file, raw, (record) => {
      const mapped = map(record);
      if (typeof mapped === 'string') return mapped;
      for (const { length } of contentsOf(mapped)) {
        const fault = staging.checkWidth(length / Float32Array.BYTES_PER_ELEMENT);
        if (fault !== null) return fault;
      }
      staging.add(mapped);
      return null;
    });
  }
}

/** Rows decoded at a time: some tens of milliseconds of work for each processor. */
const AT_ONCE = 64;

/** Every image is read to its end, so that nothing is taken that a training would stumble over. */
export async function stageImages(rows: readonly RawRow[], { file, map, staging }: RowStage): Promise<void> {
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = rows.slice(from, from + AT_ONCE);
    const checked = await Promise.all(some.map(({ record }) => (record === null ? '' : checkedRow(map(record)))));
    for (const [i, raw] of some.entries()) {
      staging.row(file, raw, () => {
        const mapped = checked[i] as StagedRow | string;
        if (typeof mapped === 'string') return mapped;
        staging.add(mapped);
        return null;
      });
    }
  }
}

async function checkedRow(mapped: StagedRow | string): Promise<StagedRow | string> {
  if (typeof mapped === 'string') return mapped;
  for (const file of contentsOf(mapped)) {
    const fault = await imageFault(file);
    if (fault !== null) return `the image ${fault}`;
  }
  return mapped;
}

function contentsOf({ data, queryData }: StagedRow): Buffer[] {
  return [data, queryData].filter((content) => content !== undefined);
}
