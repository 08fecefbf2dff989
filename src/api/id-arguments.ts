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

/** By type: it is asked for each field of each input of each request. */
const known = new WeakMap<GraphQLInputType, boolean>();

/** Whether ids can be given in a value of this type, at any depth. */
export function takesIds(type: GraphQLInputType): boolean {
  const before = known.get(type);
  if (before !== undefined) return before;
  const found = reachesIds(type, new Set());
  known.set(type, found);
  return found;
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
  return args.flatMap(({ name, type }) => [...idsOf(type, values[name], [name])]);
}

function* idsOf(type: GraphQLInputType, value: unknown, field: readonly string[]): Generator<GivenId> {
  if (value === null || value === undefined) return;
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    for (const [position, entry] of (value as unknown[]).entries()) {
      yield* idsOf(nullable.ofType, entry, [...field, String(position)]);
    }
  } else if (isInputObjectType(nullable)) {
    for (const { name, type: inner } of Object.values(nullable.getFields())) {
      if (takesIds(inner)) yield* idsOf(inner, (value as Readonly<Record<string, unknown>>)[name], [...field, name]);
    }
  } else if (String(nullable) === 'ID') {
    yield { id: String(value), field };
  }
}
