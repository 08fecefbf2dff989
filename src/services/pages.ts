/** One page of a list that is sorted newest first by id. */
export interface PageOf<Id> {
  /** At most this many rows, capped at 1,000. */
  readonly first: number;
  /** Id of the last row of the page before. */
  readonly after?: Id | undefined;
}

const PAGE_LIMIT = 1_000;

/** Asks for one row more than the page has, to know whether there is another page. */
export async function readPage<Id, Row>(
  { first, after }: PageOf<Id>,
  read: (page: { before: Id | undefined; limit: number }) => Promise<Row[]>,
): Promise<{ rows: readonly Row[]; hasNextPage: boolean }> {
  const limit = Math.min(first, PAGE_LIMIT);
  const found = await read({ before: after, limit: limit + 1 });
  return { rows: found.slice(0, limit), hasNextPage: found.length > limit };
}
