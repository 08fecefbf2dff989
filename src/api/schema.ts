import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLScalarType,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { authorize } from './authorization.ts';
import { endLateQueries } from './limits/late-queries.ts';
import { resolvers } from './resolvers/index.ts';

type FieldResolver = object | ((...args: never[]) => unknown);
type ResolverMap = Readonly<Record<string, GraphQLScalarType | Readonly<Record<string, FieldResolver>>>>;

/**
 * schema.graphql with its resolvers. That the text is a right schema is checked where it is written (npm run codegen, the tests), not by
 * every server that starts.
 * @throws Error when a resolver has no field in the schema, or an interface or union no `__resolveType`
 */
export function createSchema(): GraphQLSchema {
  const text = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8');
  const schema = buildSchema(text, { assumeValidSDL: true, noLocation: true });
  attach(schema, resolvers as ResolverMap);
  return endLateQueries(authorize(schema));
}

/** Into the types as they are: to make them all anew with their resolvers took half of a server's start after its modules were loaded. */
export function attach(schema: GraphQLSchema, map: ResolverMap): void {
  for (const [name, given] of Object.entries(map)) {
    const type = schema.getType(name);
    if (isScalarType(type) && isScalarType(given)) {
      const { serialize, parseValue, parseLiteral } = given;
      Object.assign(type, { serialize, parseValue, parseLiteral });
    } else if (isAbstractType(type) && '__resolveType' in given) {
      Object.assign(type, { resolveType: given.__resolveType });
    } else if (isObjectType(type)) {
      const fields = type.getFields();
      for (const [fieldName, resolver] of Object.entries(given)) {
        const field = fields[fieldName];
        if (field === undefined) throw new Error(`the schema has no field ${name}.${fieldName}, but a resolver for it`);
        Object.assign(field, typeof resolver === 'function' ? { resolve: resolver } : resolver);
      }
    } else {
      throw new Error(
        `the schema has no scalar, interface, union or object type ${name} for the resolvers of that name`,
      );
    }
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type) && type.resolveType == null)
      throw new Error(`${type.name} wants a resolver __resolveType`);
  }
}
