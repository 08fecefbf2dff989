import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type GraphQLInputType,
  getVariableValues,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { compileVariables } from '../../../src/api/direct/variables.ts';
import { createSchema } from '../../../src/api/schema.ts';
import { createRandom, type Random } from '../../../src/platform/random.ts';

/** The oracle is graphql-js: values are made by chance for every type that an argument of the schema has, most of them fitting. */
const schema = createSchema();

function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.int(from.length)] as T;
}

const ODD: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 40,
  'text',
  '',
  [],
  [null],
  ['x', 3],
  {},
  { unknown: 1 },
  { toString: 1 },
];

function valueFor(random: Random, type: GraphQLInputType, depth = 0): unknown {
  if (random.int(40) === 0) return pick(random, ODD);
  if (isNonNullType(type)) return valueFor(random, type.ofType, depth);
  if (random.int(12) === 0) return null;
  if (isListType(type)) {
    if (random.int(6) === 0) return valueFor(random, type.ofType, depth);
    return Array.from({ length: random.int(3) }, () => valueFor(random, type.ofType, depth));
  }
  if (isEnumType(type)) return pick(random, type.getValues()).name;
  if (isScalarType(type)) return pick(random, FITTING[type.name] ?? ODD);
  if (!isInputObjectType(type)) throw new Error(String(type));
  const fields = Object.values(type.getFields());
  const one = type.isOneOf && random.int(10) > 0 ? pick(random, fields) : undefined;
  const share = depth > 3 ? 0 : pick(random, [0, 30, 100]);
  const given = fields.filter((field) =>
    one === undefined ? isNonNullType(field.type) || random.int(100) < share : field === one,
  );
  const value = Object.fromEntries(given.map((field) => [field.name, valueFor(random, field.type, depth + 1)]));
  if (random.int(60) === 0) value[pick(random, ['unknown', 'constructor', '__proto__x'])] = 1;
  return value;
}

const FITTING: Readonly<Record<string, readonly unknown[]>> = {
  Int: [1, 10, 0, 2 ** 31, 2.5],
  Float: [0.5, 1, -3],
  String: ['a text', '', 7],
  ID: ['SXRlbTox', 'x', 12],
  Boolean: [true, false],
  Vector: [[1, 2, 3], Buffer.from(Float32Array.of(0.25, 4).buffer).toString('base64'), [], 'not base64!'],
  FilterValue: ['red', 3, true, [1]],
  JSON: [{ any: ['thing'] }, 1],
  SafeInt: [1, 2 ** 50, 0.5],
  DateTime: ['2026-01-01T00:00:00Z', 'yesterday'],
};

/** By what a document says. */
function argumentTypes(): Map<string, GraphQLInputType> {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const fields = roots.flatMap((root) => Object.values(root?.getFields() ?? {}));
  return new Map(fields.flatMap(({ args }) => args.map(({ type }) => [String(type), type] as const)));
}

function compared(document: string, values: Readonly<Record<string, unknown>>): boolean {
  const [operation] = parse(document).definitions as [OperationDefinitionNode];
  const definitions = operation.variableDefinitions ?? [];
  const expected = getVariableValues(schema, definitions, values);
  const found = compileVariables(schema, definitions)(values);
  const what = `${document} ${JSON.stringify(values)}`;
  if (expected.coerced === undefined) {
    assert.equal(found, null, what);
    return false;
  }
  // Not strictly: whether an object has a prototype is not its readers' concern.
  assert.deepEqual(plain(found), plain(expected.coerced), what);
  return true;
}

/** Objects of either kind alike, and typed arrays as they are. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value) || value instanceof Date) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, plain(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

test('variables are read as graphql-js reads them, and refused where it refuses them, for every input there is', () => {
  const random = createRandom(11);
  const types = argumentTypes();
  assert.ok(types.size > 20 && types.has('SearchInput!'));
  let [fitting, unfit] = [0, 0];
  for (const [name, type] of types) {
    for (let round = 0; round < 60; round++) {
      const values = random.int(30) === 0 ? {} : { value: valueFor(random, type) };
      if (compared(`query ($value: ${name}) { __typename }`, values)) fitting++;
      else unfit++;
    }
  }
  assert.ok(fitting > 500 && unfit > 500, `${fitting} fit, ${unfit} do not`);
});

test('defaults of variables and of fields come where nothing is given, also within lists and inputs that hold themselves', () => {
  const filter = { and: [{ not: { or: [] } }, { not: { not: { not: { and: [] } } } }] };
  compared('query ($k: Int = 3, $names: [String!] = ["a"], $input: SearchInput) { __typename }', {});
  compared('query ($k: Int = 3, $names: [String!]) { __typename }', { k: null, names: 'one', other: 1 });
  compared('query ($input: SearchInput!) { __typename }', {});
  compared('query ($input: SearchInput!) { __typename }', { input: null });
  const input = { target: { datasetName: 'd' }, query: { text: 't' }, filter };
  compared('query ($input: SearchInput!) { __typename }', { input });
  compared('query ($input: SearchInput!) { __typename }', { input: { ...input, target: { datasetName: null } } });
  compared('query ($input: SearchInput!) { __typename }', JSON.parse('{"input": {"__proto__": {"k": 1}}}'));
});
