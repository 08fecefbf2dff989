import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';

export interface Column {
  readonly name: string;
  readonly type: 'STRING' | 'INT32';
}

/** A value for each column, null for none. */
export type Row = Readonly<Record<string, string | number | null>>;

/** Gives the bytes of a file, some rows at a time. */
export interface TableWriter {
  rows(rows: readonly Row[]): Uint8Array;
  end(): Uint8Array;
}

/** JSON lines; `raw` columns hold JSON already. What is null is left out. */
export function jsonlWriter(columns: readonly Column[], raw: ReadonlySet<string>): TableWriter {
  const line = (row: Row) => {
    const fields = columns.flatMap(({ name }) => {
      const value = row[name] ?? null;
      if (value === null) return [];
      return [`${JSON.stringify(name)}:${raw.has(name) ? value : JSON.stringify(value)}`];
    });
    return `{${fields.join(',')}}\n`;
  };
  return { rows: (rows) => Buffer.from(rows.map(line).join('')), end: () => new Uint8Array() };
}

/** Parquet with a row group for each call, packed with Snappy. */
export function parquetWriter(columns: readonly Column[]): TableWriter {
  const bytes = new ByteWriter();
  const columnData = (rows: readonly Row[]) =>
    columns.map(({ name, type }) => ({ name, type, nullable: true, data: rows.map((row) => row[name] ?? null) }));
  const writer = new ParquetWriter({ writer: bytes, schema: schemaFromColumnData({ columnData: columnData([]) }) });
  // The writer counts what has gone before by itself.
  const taken = () => {
    const piece = bytes.getBytes().slice();
    bytes.index = 0;
    return piece;
  };
  return {
    rows(rows) {
      writer.write({ columnData: columnData(rows), rowGroupSize: Math.max(1, rows.length) });
      return taken();
    },
    end() {
      writer.finish();
      return taken();
    },
  };
}
