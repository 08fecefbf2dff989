import { QuartetError } from '../../domain/errors.ts';
import type { ColumnMapping } from '../../domain/imports.ts';
import { type ReadOptions, readRows } from '../readers/index.ts';
import type { RawRow } from '../readers/reader.ts';
import type { Source } from '../readers/source.ts';
import { type RowMapper, rowMapper } from './row-mapper.ts';
import type { Staging } from './staging.ts';

/** Rows of JSONL looked at before a column counts as missing. */
const ROWS_TO_KNOW_COLUMNS = 1000;

/**
 * Stages files that hold one corpus document or pair a row.
 * @throws QuartetError BAD_INPUT at once when a mapped column is in no row, or a file is empty or has no row that can be read
 */
export async function stageFiles(
  sources: readonly Source[],
  columns: ColumnMapping,
  options: ReadOptions,
  staging: Staging,
): Promise<void> {
  for (const source of sources) {
    let mapper: RowMapper | null = null;
    // Rows that came before the columns were known, which for JSONL they are by looking at rows.
    let early: RawRow[] = [];
    const before = staging.rowsRead;
    const stage = (raw: RawRow, map: RowMapper) =>
      staging.row(source.name, raw, (record) => {
        const mapped = map(record);
        if (typeof mapped === 'string') return mapped;
        staging.add(mapped);
        return null;
      });
    const begin = (names: readonly string[]) => {
      const [first] = early;
      if (names.length === 0 && first?.record === null) {
        const where = `no row of ${source.name} can be read; line ${first.line}`;
        throw new QuartetError('BAD_INPUT', `${where}: ${first.reason}`);
      }
      mapper = rowMapper(columns, names, source.name);
      for (const raw of early) stage(raw, mapper);
      early = [];
      return mapper;
    };
    for await (const batch of readRows(source, options)) {
      if (mapper === null && batch.columns !== null) begin(batch.columns);
      for (const raw of batch.rows) {
        if (mapper !== null) stage(raw, mapper);
        else if (early.push(raw) >= ROWS_TO_KNOW_COLUMNS) begin(keysOf(early));
      }
    }
    if (mapper === null && early.length > 0) begin(keysOf(early));
    if (mapper === null && staging.rowsRead === before) {
      throw new QuartetError('BAD_INPUT', `${source.name} is empty`);
    }
  }
}

function keysOf(rows: readonly RawRow[]): string[] {
  const keys = new Set<string>();
  for (const { record } of rows) for (const key of Object.keys(record ?? {})) keys.add(key);
  return [...keys];
}
