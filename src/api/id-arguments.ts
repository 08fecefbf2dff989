import {
  type GraphQLArgument,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
} from 'graphql';

/** An id that was given, and where: `['input', 'uploadIds', '0']`. */
export interface GivenId {
  readonly id: string;
  readonly field: readonly string[];
}

/** Gathers the ids in a value that is not null. */
type Gatherer = (value: unknown, field: readonly string[], into: GivenId[]) => void;

/** By type, null for those without ids: they are asked for with each request. */
const known = new WeakMap<GraphQLInputType, Gatherer | null>();

/** Whether ids can be given in a value of this type, at any depth. */
export function takesIds(type: GraphQLInputType): boolean {
  return reachesIds(type, new Set());
}

function reachesIds(type: GraphQLInputType, within: ReadonlySet<GraphQLInputType>): boolean {
  const named = getNamedType(type) as GraphQLInputType;
  if (String(named) === 'ID') return true;
  if (!isInputObjectType(named) || within.has(named)) return false;
  const inner = new Set([...within, named]);
  return Object.values(named.getFields()).some((field) => reachesIds(field.type, inner));
}

/** All ids in the arguments that a field was given. */
export function idsIn(args: readonly GraphQLArgument[], values: Readonly<Record<string, unknown>>): GivenId[] {
  const found: GivenId[] = [];
  for (const { name, type } of args) gather(type, values[name], [name], found);
  return found;
}

function gather(type: GraphQLInputType, value: unknown, field: readonly string[], into: GivenId[]): void {
  if (value === null || value === undefined) return;
  let gatherer = known.get(type);
  if (gatherer === undefined) {
    gatherer = takesIds(type) ? gathererOf(type) : null;
    known.set(type, gatherer);
  }
  gatherer?.(value, field, into);
}

function gathererOf(type: GraphQLInputType): Gatherer {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const inner = nullable.ofType as GraphQLInputType;
    return (value, field, into) => {
      for (const [at, entry] of (value as unknown[]).entries()) gather(inner, entry, [...field, String(at)], into);
    };
  }
  if (!isInputObjectType(nullable)) return (value, field, into) => into.push({ id: String(value), field });
  const fields = Object.values(nullable.getFields()).filter((inner) => takesIds(inner.type));
  return (value, field, into) => {
    for (const { name, type: inner } of fields) {
      const given = (value as Readonly<Record<string, unknown>>)[name];
      if (given !== null && given !== undefined) gather(inner, given, [...field, name], into);
    }
  };
}
