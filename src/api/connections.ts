import { QuartetError } from '../domain/errors.ts';

/** Rows of one page at most, unless a list says otherwise. */
export const MOST_ROWS = 100;

export interface PageArguments {
  readonly first: number;
  readonly after?: string | null | undefined;
}

export interface ConnectionModel<Row> {
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly nodes: readonly Row[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/**
 * What a list is ordered by, one kind per list. A cursor is that key of a row, not a count of rows, so pages neither
 * repeat nor skip rows while others come and go.
 */
export interface CursorKey<Key> {
  /** Tells the cursors of one list from those of another. */
  readonly name: string;
  parse(text: string): Key | undefined;
}

/** For rows in the order of their UUIDs. */
export function uuidKey<Id extends string>(): CursorKey<Id> {
  const pattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  return { name: 'u', parse: (text) => (pattern.test(text) ? (text as Id) : undefined) };
}

/** For rows in the order of their integer ids. */
export function integerKey<Id extends number>(): CursorKey<Id> {
  const largest = 2_147_483_647;
  return {
    name: 'i',
    parse: (text) => (/^[0-9]{1,10}$/.test(text) && Number(text) <= largest ? (Number(text) as Id) : undefined),
  };
}

export const nameKey: CursorKey<string> = {
  name: 'n',
  parse: (text) => (text !== '' && text.length <= 1_000 && text.isWellFormed() ? text : undefined),
};

/**
 * One page of a list as a Relay connection.
 * @param fetchRows gives the rows after the one of key `after`, and whether more follow
 * @param most rows of one page: more where they are small
 * @throws QuartetError BAD_INPUT for `first` out of bounds or a cursor that this list never gave
 */
export async function toConnection<Row, Key extends string | number>(
  { first, after }: PageArguments,
  key: CursorKey<Key>,
  keyOf: (row: Row) => Key,
  fetchRows: (page: { first: number; after?: Key }) => Promise<{ rows: readonly Row[]; hasNextPage: boolean }>,
  most: number = MOST_ROWS,
): Promise<ConnectionModel<Row>> {
  if (first < 1 || first > most) {
    throw new QuartetError('BAD_INPUT', `first is ${first}; it must be from 1 to ${most}.`, { field: ['first'] });
  }
  const start = after === null || after === undefined ? undefined : parseCursor(after, key);
  const { rows, hasNextPage } = await fetchRows({ first, ...(start === undefined ? {} : { after: start }) });
  const edges = rows.map((node) => ({ cursor: toCursor(key, keyOf(node)), node }));
  return {
    edges,
    nodes: rows,
    pageInfo: {
      hasNextPage,
      hasPreviousPage: start !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function toCursor<Key extends string | number>(key: CursorKey<Key>, value: Key): string {
  return Buffer.from(`${key.name}:${value}`).toString('base64url');
}

function parseCursor<Key extends string | number>(cursor: string, key: CursorKey<Key>): Key {
  const prefix = `${key.name}:`;
  const text = cursor.length > 4_000 ? '' : Buffer.from(cursor, 'base64url').toString('utf8');
  const value = text.startsWith(prefix) ? key.parse(text.slice(prefix.length)) : undefined;
  if (value !== undefined && toCursor(key, value) === cursor) return value;
  const shown = JSON.stringify(cursor.length > 60 ? `${cursor.slice(0, 60)}…` : cursor);
  throw new QuartetError('BAD_INPUT', `after ${shown} is no cursor of this list; pass an endCursor that it gave.`, {
    field: ['after'],
  });
}
