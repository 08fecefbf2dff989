import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  getNullableType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { QuartetError } from '../domain/errors.ts';
import { isOperator, type Scope } from '../domain/principal.ts';
import type { Context } from './context.ts';
import { payload } from './errors.ts';
import { parseGlobalId } from './global-ids.ts';
import { type GivenId, idsIn, takesIds } from './id-arguments.ts';
import { scopes } from './scopes.ts';

type Resolver = GraphQLFieldResolver<unknown, Context>;

/**
 * Ids that are not looked up here, each with the reason why nothing of another namespace can come of it:
 * - `nodes` tells for each id by itself whether something has it, by loaders that look it up;
 * - `deleteItems` leaves out what its dataset, which is looked up, does not hold.
 */
const ASKED_ELSEWHERE: Readonly<Record<string, string>> = {
  'Query.nodes': 'ids',
  'Mutation.deleteItems': 'input.itemIds',
};

/**
 * Puts the two questions of who may what before every resolver, so that no resolver has to ask and none can forget:
 * - every field of a root type: has the key the scope that `scopes.ts` names;
 * - every field with arguments of type ID, however deep in its input: is each id of something in the key's namespace. An id that
 *   nothing has and one of another namespace get the same answer, because only "mine" and "not mine" are told apart.
 * @throws Error when a field of a root type is not in `scopes.ts`
 */
export function authorize(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const needed = (scopes as Readonly<Record<string, Readonly<Record<string, Scope>>>>)[type.name];
    for (const field of Object.values(type.getFields())) {
      const scope = needed?.[field.name];
      if (needed !== undefined && scope === undefined) {
        throw new Error(`src/api/scopes.ts does not say what a key needs for ${type.name}.${field.name}`);
      }
      guard(`${type.name}.${field.name}`, field as GraphQLField<unknown, Context>, scope);
    }
  }
  return schema;
}

function guard(place: string, field: GraphQLField<unknown, Context>, scope: Scope | undefined): void {
  const asksOwner = field.args.some(({ type }) => takesIds(type));
  if (scope === undefined && !asksOwner) return;
  if (scope !== undefined) field.description = `${field.description ?? ''}\n\nNeeds a key with scope ${scope}.`;
  const elsewhere = ASKED_ELSEWHERE[place]?.split('.');
  const isAskedHere = ({ field: path }: GivenId) =>
    elsewhere === undefined || !elsewhere.every((name, at) => path[at] === name);
  const guarded =
    (resolve: Resolver): Resolver =>
    async (source, args, context, info) => {
      if (scope !== undefined) requireScope(context, scope);
      const stranger = asksOwner
        ? await firstStranger(context, idsIn(field.args, args).filter(isAskedHere))
        : undefined;
      return stranger === undefined ? resolve(source, args, context, info) : refused(field, stranger);
    };
  if (field.subscribe !== undefined) field.subscribe = guarded(field.subscribe);
  else field.resolve = guarded(field.resolve ?? defaultFieldResolver);
}

function requireScope({ principal }: Context, scope: Scope): void {
  if (principal.scopes.has(scope)) return;
  const has = [...principal.scopes].join(', ');
  throw new QuartetError('FORBIDDEN', `This needs a key with scope ${scope}; yours has ${has}.`);
}

/** The first id of which nothing in the asker's namespace is known. What is no id at all is the resolver's to refuse. */
async function firstStranger(
  { principal, services }: Context,
  given: readonly GivenId[],
): Promise<(GivenId & { readonly type: string }) | undefined> {
  if (given.length === 0) return undefined;
  const parsed = given.flatMap((entry) => {
    const id = parseGlobalId(entry.id);
    return id === undefined ? [] : [{ ...entry, type: id.type, row: id.id }];
  });
  const byType = Map.groupBy(parsed, ({ type }) => type);
  const strangers = await Promise.all(
    [...byType].map(async ([type, entries]) => {
      // Keys are not data: their own resolvers know who may manage them.
      if (type === 'ApiKey' && isOperator(principal)) return undefined;
      const rows = entries.map(({ row }) => row);
      const mine = await services.ownership.ownedBy(principal.namespace, type, rows);
      return entries.find(({ row }) => !mine.has(row));
    }),
  );
  return strangers.find((stranger) => stranger !== undefined);
}

/** As for an id that nothing has: a mutation says so among its user errors, a nullable field is null. */
function refused(field: GraphQLField<unknown, Context>, { id, type, field: place }: GivenId & { type: string }) {
  const message = `Nothing has the ${type} id ${JSON.stringify(id)}; it may have been deleted.`;
  const error = new QuartetError('NOT_FOUND', message, { field: place });
  const answer = getNullableType(field.type);
  if (isObjectType(answer) && answer.getFields().userErrors !== undefined) return payload(() => Promise.reject(error));
  if (field.subscribe === undefined && !isNonNullType(field.type)) return null;
  throw error;
}
