import { splitNamed } from '../../data/staging/row-mapper.ts';
import { QuartetError } from '../../domain/errors.ts';

/** Columns of a user's own file, as taken by the demo. */
export interface GuessedColumns {
  readonly query: string;
  readonly positive: string;
  readonly split?: string;
}

const QUERY_NAMES = [
  'query',
  'question',
  'anchor',
  'sentence1',
  'title',
  'prompt',
  'instruction',
  'summary',
  'headline',
  'name',
  'subject',
  'input',
];
const POSITIVE_NAMES = [
  'positive',
  'answer',
  'response',
  'passage',
  'sentence2',
  'document',
  'text',
  'body',
  'content',
  'description',
  'completion',
  'output',
  'abstract',
];

interface Column {
  readonly name: string;
  /** Mean length in characters over all rows. */
  readonly length: number;
  /** Distinct values as a share of the rows. */
  readonly variety: number;
}

/**
 * Which two columns of a file are a pair of query and answer: by their names where those speak, else the two most varied
 * texts, the shorter one asking.
 * @param rows the first rows of the file
 * @throws QuartetError BAD_INPUT naming the columns when there are no two columns of text
 */
export function guessColumns(rows: readonly Readonly<Record<string, unknown>>[]): GuessedColumns {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const texts = names.map((name) => measure(name, rows)).filter((column) => column !== undefined);
  const query = byName(texts, QUERY_NAMES);
  const positive = byName(texts, POSITIVE_NAMES);
  const splitColumn = names.find((name) => /^split$/i.test(name) && rows.every((row) => splitNamed(row[name])));
  const split = splitColumn === undefined ? {} : { split: splitColumn };
  if (query !== undefined && positive !== undefined) return { query, positive, ...split };
  const known = query ?? positive;
  const others = texts
    .filter(({ name, variety }) => name !== known && variety > 0.1)
    .sort((a, b) => b.variety * Math.log1p(b.length) - a.variety * Math.log1p(a.length));
  const [first, second] = others;
  if (query !== undefined && first !== undefined) return { query, positive: first.name, ...split };
  if (positive !== undefined && first !== undefined) return { query: first.name, positive, ...split };
  if (first !== undefined && second !== undefined) {
    const [short, long] = first.length <= second.length ? [first, second] : [second, first];
    return { query: short.name, positive: long.name, ...split };
  }
  throw new QuartetError(
    'BAD_INPUT',
    `The demo needs two columns of text, one that asks and one that answers, e.g. "question" and "answer". Columns here: ${names.join(', ') || 'none'}.`,
  );
}

/** @returns undefined for what is no column of natural text: numbers, codes, addresses, mostly empty */
function measure(name: string, rows: readonly Readonly<Record<string, unknown>>[]): Column | undefined {
  const values = rows
    .map((row) => row[name])
    .filter((value) => typeof value === 'string' && value.trim() !== '') as string[];
  if (values.length < rows.length / 2) return undefined;
  const wordy = values.filter(
    (value) => /\p{L}{2,}/u.test(value) && !/^(https?:\/\/\S+|[\w-]+\.\w{1,5}|[0-9a-f-]{16,})$/i.test(value),
  );
  if (wordy.length < values.length / 2 || /(^|_)(id|url|uri|path|split|date|hash)$/i.test(name)) return undefined;
  const length = values.reduce((sum, value) => sum + value.length, 0) / values.length;
  return { name, length, variety: new Set(values).size / values.length };
}

function byName(columns: readonly Column[], names: readonly string[]): string | undefined {
  for (const wanted of names) {
    const found = columns.find(({ name }) => name.toLowerCase() === wanted);
    if (found !== undefined) return found.name;
  }
  return undefined;
}
