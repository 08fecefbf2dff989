import { QuartetError } from '../../domain/errors.ts';
import type { Context } from '../context.ts';
import { type NodeType, rowId } from '../global-ids.ts';
import type { Loaders } from '../loaders.ts';

type RowOf<T extends NodeType> = NonNullable<Awaited<ReturnType<Loaders[T]['load']>>>;

/**
 * The row behind a global id.
 * @param field path of the argument, for the error
 * @throws QuartetError BAD_INPUT for what is no id of this type, NOT_FOUND when nothing has it
 */
export async function required<T extends NodeType>(
  { loaders }: Context,
  type: T,
  globalId: string,
  field: readonly string[],
): Promise<RowOf<T>> {
  const row = await loaders[type].load(rowId(type as never, globalId, field) as never);
  if (row !== null) return row as RowOf<T>;
  throw new QuartetError(
    'NOT_FOUND',
    `Nothing has the ${type} id ${JSON.stringify(globalId)}; it may have been deleted.`,
    {
      field,
    },
  );
}

/** The same for a query's nullable field: null when nothing has the id. */
export async function optional<T extends NodeType>(
  { loaders }: Context,
  type: T,
  globalId: string,
): Promise<RowOf<T> | null> {
  return (await loaders[type].load(rowId(type as never, globalId, ['id']) as never)) as RowOf<T> | null;
}

/**
 * What a mutation has made, now or when its idempotency key came first.
 * @throws QuartetError NOT_FOUND when it was deleted since
 */
export async function made<T extends NodeType>({ loaders }: Context, type: T, id: string): Promise<RowOf<T>> {
  const row = await loaders[type].load(id as never);
  if (row !== null) return row as RowOf<T>;
  const message = `The ${type} that this idempotency key has made was deleted since; take a new key to make another one.`;
  throw new QuartetError('NOT_FOUND', message, { field: ['input', 'idempotencyKey'] });
}

/** A row that another row refers to by a foreign key: missing only when it was deleted between two statements. */
export async function parent<T extends NodeType>(
  { loaders }: Context,
  type: T,
  id: string | number,
): Promise<RowOf<T>> {
  const row = await loaders[type].load(id as never);
  if (row !== null) return row as RowOf<T>;
  throw new QuartetError('NOT_FOUND', `The ${type} was deleted a moment ago.`);
}
