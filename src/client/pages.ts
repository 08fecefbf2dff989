/** Variables of an operation that gives a page. */
export interface PagedVariables {
  readonly after?: string | null | undefined;
}

interface Page<Entry> {
  readonly nodes: readonly Entry[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

type Found<Value> = Value extends { readonly nodes: ReadonlyArray<infer Entry> } ? Entry : never;
/** The entries of the page that an answer holds: as its one field, or in an object that is it. */
export type PageOf<Result> =
  | Found<NonNullable<Result[keyof Result]>>
  | Found<NonNullable<NonNullable<Result[keyof Result]>[keyof NonNullable<Result[keyof Result]>]>>;

/** Asks for a page when the entries of the one before have been taken. */
export async function* entries<Result, Variables extends PagedVariables, Entry>(
  ask: (variables: Variables) => Promise<Result>,
  variables: Variables,
  find: (result: Result) => unknown = pageIn,
): AsyncGenerator<Entry, void, undefined> {
  for (let paged = variables; ; ) {
    const page = find(await ask(paged)) as Page<Entry> | undefined;
    // What held the list is not there, or is gone by now.
    if (page === undefined || page === null) return;
    yield* page.nodes;
    if (!page.pageInfo.hasNextPage) return;
    paged = { ...paged, after: page.pageInfo.endCursor };
  }
}

function pageIn(result: unknown): unknown {
  for (const value of Object.values(result ?? {})) {
    if (value === null || typeof value !== 'object') continue;
    if ('nodes' in value && 'pageInfo' in value) return value;
    const inner = pageIn(value);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
