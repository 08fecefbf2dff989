import type { DatasetKind } from '../../domain/contents.ts';
import { QuartetError } from '../../domain/errors.ts';
import type { ColumnMapping } from '../../domain/imports.ts';
import { type ReadOptions, readRows } from '../readers/index.ts';
import type { Batches, RawRow } from '../readers/reader.ts';
import type { Source } from '../readers/source.ts';
import { type RowMapper, rowMapper } from './row-mapper.ts';
import { stageImages, stageTexts, stageVectors } from './stage-rows.ts';
import type { Staging } from './staging.ts';

/** Rows of JSONL looked at before a column counts as missing. */
const ROWS_TO_KNOW_COLUMNS = 1000;

/**
 * Stages files that hold one corpus document or pair a row.
 * @param kind what the dataset holds; default TEXT
 * @throws QuartetError BAD_INPUT at once when a mapped column is in no row, or a file is empty or has no row that can be read
 */
export async function stageFiles(
  sources: readonly Source[],
  columns: ColumnMapping,
  options: ReadOptions,
  staging: Staging,
  kind: DatasetKind = 'TEXT',
): Promise<void> {
  for (const source of sources) {
    await stageRows(source.name, readRows(source, options), { columns, staging, kind });
  }
}

interface Into {
  readonly columns: ColumnMapping;
  readonly staging: Staging;
  readonly kind: DatasetKind;
}

/** The same for the rows of one file. @param file as messages call it */
export async function stageRows(file: string, batches: Batches, { columns, staging, kind }: Into): Promise<void> {
  let mapper: RowMapper | null = null;
  // Rows that came before the columns were known, which for JSONL they are by looking at rows.
  let early: RawRow[] = [];
  const before = staging.rowsRead;
  const stage = kind === 'TEXT' ? stageTexts : kind === 'VECTOR' ? stageVectors : stageImages;
  const begin = async (names: readonly string[]) => {
    const [first] = early;
    if (names.length === 0 && first?.record === null) {
      const where = `no row of ${file} can be read; line ${first.line}`;
      throw new QuartetError('BAD_INPUT', `${where}: ${first.reason}`);
    }
    mapper = rowMapper(columns, names, file, kind);
    await stage(early, { file, map: mapper, staging });
    early = [];
  };
  for await (const { columns: names, rows } of batches) {
    if (mapper === null && names !== null) await begin(names);
    if (mapper !== null) {
      await stage(rows, { file, map: mapper, staging });
      continue;
    }
    early = early.concat(rows);
    if (early.length >= ROWS_TO_KNOW_COLUMNS) await begin(keysOf(early));
  }
  if (mapper === null && early.length > 0) await begin(keysOf(early));
  if (mapper === null && staging.rowsRead === before) throw new QuartetError('BAD_INPUT', `${file} is empty`);
}

function keysOf(rows: readonly RawRow[]): string[] {
  const keys = new Set<string>();
  for (const { record } of rows) for (const key of Object.keys(record ?? {})) keys.add(key);
  return [...keys];
}
