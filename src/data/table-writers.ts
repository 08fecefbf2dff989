import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';

export interface Column {
  readonly name: string;
  /** JSON: a text that holds a value already. FLOATS: a vector of float32. */
  readonly type: 'STRING' | 'JSON' | 'INT32' | 'FLOAT' | 'FLOATS';
}

/** A value for each column, null for none. */
export type Row = Readonly<Record<string, string | number | Float32Array | null>>;

/** Gives the bytes of a file, some rows at a time. */
export interface TableWriter {
  rows(rows: readonly Row[]): Uint8Array;
  end(): Uint8Array;
}

/** Nine digits tell every float32 from its neighbours. */
const DIGITS = 9;

/** JSON lines. What is null is left out. */
export function jsonlWriter(columns: readonly Column[]): TableWriter {
  const line = (row: Row) => {
    const fields = columns.flatMap(({ name, type }) => {
      const value = row[name] ?? null;
      return value === null ? [] : [`${JSON.stringify(name)}:${jsonOf(value, type)}`];
    });
    return `{${fields.join(',')}}\n`;
  };
  return { rows: (rows) => Buffer.from(rows.map(line).join('')), end: () => new Uint8Array() };
}

function jsonOf(value: NonNullable<Row[string]>, type: Column['type']): string {
  if (value instanceof Float32Array) return `[${Array.from(value, float).join(',')}]`;
  if (type === 'JSON') return String(value);
  return typeof value === 'number' && type === 'FLOAT' ? String(float(value)) : JSON.stringify(value);
}

function float(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

/** Parquet with a row group for each call, texts packed with Snappy. */
export function parquetWriter(columns: readonly Column[]): TableWriter {
  const bytes = new ByteWriter();
  const schema = [{ name: 'root', num_children: columns.length }, ...columns.flatMap(elementsOf)];
  const writer = new ParquetWriter({ writer: bytes, schema });
  // The writer counts what has gone before by itself.
  const taken = () => {
    const piece = bytes.getBytes().slice();
    bytes.index = 0;
    return piece;
  };
  return {
    rows(rows) {
      if (rows.length === 0) return new Uint8Array();
      const columnData = columns.map((column) => dataOf(column, rows));
      writer.write({ columnData, rowGroupSize: rows.length });
      return taken();
    },
    end() {
      writer.finish();
      return taken();
    },
  };
}

function elementsOf({ name, type }: Column): SchemaElement[] {
  const repetition_type = 'OPTIONAL';
  if (type === 'STRING' || type === 'JSON') {
    return [{ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type }];
  }
  if (type !== 'FLOATS') return [{ name, type, repetition_type }];
  return [
    { name, repetition_type, converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type: 'FLOAT', repetition_type: 'REQUIRED' },
  ];
}

function dataOf({ name, type }: Column, rows: readonly Row[]) {
  const data = rows.map((row) => {
    const value = row[name] ?? null;
    return value instanceof Float32Array ? Array.from(value) : value;
  });
  // Vectors neither repeat nor pack.
  return type === 'FLOATS'
    ? ({ name, data, encoding: 'PLAIN', codec: 'UNCOMPRESSED', statistics: false } as const)
    : { name, data };
}
