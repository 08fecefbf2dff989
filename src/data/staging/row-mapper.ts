import { hash } from 'node:crypto';
import { CONTENTS_OF, type DatasetKind } from '../../domain/contents.ts';
import { QuartetError } from '../../domain/errors.ts';
import type { ColumnMapping } from '../../domain/imports.ts';
import type { Split } from '../../domain/training.ts';
import { parseImage } from '../contents/image-value.ts';
import { type Parsed, parseVector } from '../contents/vector-value.ts';
import { MAX_GRADE, MAX_ID_BYTES, MAX_LABEL_BYTES, MAX_METADATA_BYTES, MAX_TEXT_BYTES } from '../limits.ts';
import { metadataJson, textFault } from './storable.ts';

/** One input row on its way into the database: an item, a query, or both with a judgement between them. */
export interface StagedRow {
  itemId: string | null;
  text: string | null;
  /** An image's or a vector's bytes, in place of the text. */
  data?: Buffer;
  label: string | null;
  /** JSON; null when the input has no further columns, which leaves an item's metadata as it is. */
  metadata: string | null;
  queryId: string | null;
  query: string | null;
  queryData?: Buffer;
  /** Null: by `splitOf`, or, for BEIR, by the judgements. */
  split: Split | null;
  grade: number | null;
}

/** @returns the staged row, or the reason why the row is bad */
export type RowMapper = (record: Record<string, unknown>) => StagedRow | string;

const SPLITS: Readonly<Record<string, Split>> = {
  train: 'TRAIN',
  validation: 'VALIDATION',
  valid: 'VALIDATION',
  val: 'VALIDATION',
  dev: 'VALIDATION',
  test: 'TEST',
};

/** The mapping's name for the column of a corpus. */
const CORPUS = { TEXT: 'text', IMAGE: 'image', VECTOR: 'vector' } as const satisfies Record<
  DatasetKind,
  keyof ColumnMapping
>;

/**
 * @param columns those that the file has
 * @param kind what the dataset holds
 * @throws QuartetError BAD_INPUT when a mapped column is not among them, or the mapping says neither corpus nor pairs
 */
export function rowMapper(
  asked: ColumnMapping,
  columns: readonly string[],
  file: string,
  kind: DatasetKind = 'TEXT',
): RowMapper {
  const mapping = Object.values(asked).some((column) => column !== undefined) ? asked : guess(columns, file, kind);
  check(mapping, columns, file, kind);
  const itemColumn = (mapping[CORPUS[kind]] ?? mapping.positive) as string;
  const contentOf = CONTENT_OF[kind];
  const { query: queryColumn, id, queryId, label, split, grade } = mapping;
  const mapped = new Set(Object.values(mapping).filter((column) => column !== undefined));

  return (record) => {
    const row: StagedRow = {
      itemId: null,
      text: null,
      label: null,
      metadata: null,
      queryId: null,
      query: null,
      split: null,
      grade: null,
    };
    const item = contentOf(record, itemColumn);
    if ('fault' in item) return item.fault;
    if ('bytes' in item) row.data = item.bytes;
    else row.text = item.value;
    if (queryColumn !== undefined) {
      const query = contentOf(record, queryColumn);
      if ('fault' in query) return query.fault;
      if ('bytes' in query) row.queryData = query.bytes;
      else row.query = query.value;
      row.grade = 1;
    }
    for (const [key, column, limit] of [
      ['itemId', id, MAX_ID_BYTES],
      ['queryId', queryId, MAX_ID_BYTES],
      ['label', label, MAX_LABEL_BYTES],
    ] as const) {
      if (column === undefined) continue;
      const given = optional(record, column, limit);
      if (given !== null && 'fault' in given) return given.fault;
      row[key] = given?.value ?? null;
    }
    if (split !== undefined) {
      const name = splitNamed(record[split]);
      if (name === undefined) return `split ${JSON.stringify(record[split] ?? null)} is not train, validation or test`;
      row.split = name;
    }
    if (grade !== undefined && queryColumn !== undefined) {
      const value = gradeOf(record[grade]);
      if (typeof value === 'string') return value;
      row.grade = value;
    }
    let rest: Record<string, unknown> | undefined;
    for (const key in record) {
      if (!mapped.has(key) && record[key] !== null && record[key] !== undefined) {
        rest ??= {};
        rest[key] = record[key];
      }
    }
    if (rest !== undefined) {
      const json = metadataJson(rest, MAX_METADATA_BYTES);
      if ('fault' in json) return `metadata ${json.fault}`;
      row.metadata = json.json;
    }
    return row;
  };
}

/** The split that a value of a split column names; undefined when it names none. */
export function splitNamed(value: unknown): Split | undefined {
  return SPLITS[String(value).trim().toLowerCase()];
}

/** Without a split in the data: 90 of 100 queries train, 5 validate, 5 test, decided by the text alone. */
export function splitOf(queryHash: string): Split {
  const share = Number.parseInt(queryHash.slice(0, 8), 16) / 2 ** 32;
  return share < 0.9 ? 'TRAIN' : share < 0.95 ? 'VALIDATION' : 'TEST';
}

/** SHA-256 in hexadecimal: what `contentHash` holds. */
export function contentHash(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex');
}

/** Grade of a judgement; below 0 (spam, in TREC's files) counts as 0. @returns the reason when it is none */
export function gradeOf(value: unknown): number | string {
  const grade = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof grade !== 'number' || !Number.isInteger(grade) || grade > MAX_GRADE) {
    return `grade ${JSON.stringify(value ?? null)} is not a whole number up to ${MAX_GRADE}`;
  }
  return Math.max(0, grade);
}

type Given = { value: string } | { fault: string };

export function required(record: Record<string, unknown>, column: string, limit: number): Given {
  return optional(record, column, limit) ?? { fault: `column ${JSON.stringify(column)} is empty` };
}

/** Null when there is nothing in the column. */
function optional(record: Record<string, unknown>, column: string, limit: number): Given | null {
  const value = record[column];
  if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) return null;
  const name = () => `column ${JSON.stringify(column)}`;
  if (typeof value === 'object')
    return { fault: `${name()} is ${Array.isArray(value) ? 'a list' : 'an object'}, not text` };
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return { fault: `${name()} is a number too large to be exact; write it in quotes` };
  }
  const text = typeof value === 'string' ? value : String(value);
  const fault = textFault(text, limit);
  return fault === null ? { value: text } : { fault: `${name()} ${fault}` };
}

type Content = Given | { bytes: Buffer };
type ContentOf = (record: Record<string, unknown>, column: string) => Content;

/** What a column holds, by what the dataset holds. */
const CONTENT_OF: Readonly<Record<DatasetKind, ContentOf>> = {
  TEXT: (record, column) => required(record, column, MAX_TEXT_BYTES),
  IMAGE: parsedBy(parseImage),
  VECTOR: parsedBy(parseVector),
};

function parsedBy(parse: (value: unknown) => Parsed): ContentOf {
  return (record, column) => {
    const value = record[column];
    const name = `column ${JSON.stringify(column)}`;
    if (value === undefined || value === null || value === '') return { fault: `${name} is empty` };
    const parsed = parse(value);
    return 'fault' in parsed ? { fault: `${name} ${parsed.fault}` } : parsed;
  };
}

function guess(columns: readonly string[], file: string, kind: DatasetKind): ColumnMapping {
  const optionalOnes = Object.fromEntries(
    ['id', 'label', 'split', 'grade'].filter((name) => columns.includes(name)).map((name) => [name, name]),
  );
  if (columns.includes('query') && columns.includes('positive')) {
    return { query: 'query', positive: 'positive', ...optionalOnes };
  }
  const corpus = CORPUS[kind];
  if (columns.includes(corpus)) return { [corpus]: corpus, ...optionalOnes };
  throw new QuartetError(
    'BAD_INPUT',
    `say which columns of ${file} hold the query and the positive, or the ${corpus}; ${have(columns)}`,
  );
}

/** @throws QuartetError BAD_INPUT unless it says a corpus or pairs */
export function assertMapping(mapping: ColumnMapping, kind: DatasetKind = 'TEXT'): void {
  const { query, positive } = mapping;
  const field = ['input', 'columns'];
  const own = CORPUS[kind];
  const alien = Object.values(CORPUS).find((name) => name !== own && mapping[name] !== undefined);
  if (alien !== undefined) {
    const what = `this dataset holds ${CONTENTS_OF[kind]}, its column is given as ${own}, not as ${alien}`;
    throw new QuartetError('BAD_INPUT', what, { field: [...field, alien] });
  }
  const pairs = query !== undefined && positive !== undefined && mapping[own] === undefined;
  const corpus = mapping[own] !== undefined && query === undefined && positive === undefined;
  if (pairs || corpus) return;
  throw new QuartetError('BAD_INPUT', `map either ${own} (a corpus) or both query and positive (pairs)`, { field });
}

function check(mapping: ColumnMapping, columns: readonly string[], file: string, kind: DatasetKind): void {
  assertMapping(mapping, kind);
  for (const [name, column] of Object.entries(mapping)) {
    if (column !== undefined && !columns.includes(column)) {
      const where = `${file} has no column ${JSON.stringify(column)} (given as ${name})`;
      throw new QuartetError('BAD_INPUT', `${where}; ${have(columns)}`, { field: ['input', 'columns', name] });
    }
  }
}

function have(columns: readonly string[]): string {
  const shown = columns.slice(0, 50).map((column) => JSON.stringify(column));
  return `it has ${shown.join(', ')}${columns.length > shown.length ? ` and ${columns.length - shown.length} more` : ''}`;
}
