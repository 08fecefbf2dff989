import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';

/*
 * The habits of the schema, of which each new field has to be one more example: a walk over every type, field, argument and enum value.
 */
const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
const ownTypes = Object.values(schema.getTypeMap()).filter(({ name, astNode }) => !name.startsWith('__') && astNode);

interface Place {
  /** e.g. `Dataset.items(first)` */
  readonly at: string;
  readonly name: string;
  readonly description: string;
  readonly of: GraphQLField<unknown, unknown> | GraphQLArgument | GraphQLInputField;
  readonly isInput: boolean;
}

const places: Place[] = ownTypes.flatMap((type) => {
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return [];
  const isInput = isInputObjectType(type);
  return Object.values(type.getFields()).flatMap((field) => {
    const place = (at: string, of: Place['of'], input: boolean): Place => ({
      at,
      name: of.name,
      description: of.description ?? '',
      of,
      isInput: input,
    });
    const args = 'args' in field ? field.args : [];
    const own = place(`${type.name}.${field.name}`, field, isInput);
    return [own, ...args.map((arg: GraphQLArgument) => place(`${type.name}.${field.name}(${arg.name})`, arg, true))];
  });
});

const offenders = (wrong: (place: Place) => boolean, of: readonly Place[] = places) =>
  of.filter(wrong).map(({ at }) => at);

test('the walk sees the whole schema', () => {
  assert.ok(places.length > 700, `${places.length} places`);
  for (const at of ['Query.search(input)', 'SearchInput.k', 'IndexVersion.bytes']) {
    assert.ok(
      places.some((place) => place.at === at),
      at,
    );
  }
});

test('names are those of clients: camelCase fields, PascalCase types, UPPER_CASE values, and a suffix for each role', () => {
  assert.deepEqual(
    offenders(({ name }) => !/^[a-z][a-zA-Z\d]*$/.test(name)),
    [],
  );
  const types = ownTypes.map(({ name }) => name);
  assert.deepEqual(
    types.filter((name) => !/^[A-Z][a-zA-Z\d]*$/.test(name)),
    [],
  );
  const values = ownTypes.flatMap((type) => (isEnumType(type) ? type.getValues().map(({ name }) => name) : []));
  assert.deepEqual(
    values.filter((name) => !/^[A-Z][A-Z\d]*(_[A-Z\d]+)*$/.test(name)),
    [],
  );
  assert.deepEqual(
    ownTypes.filter((type) => isInputObjectType(type) !== type.name.endsWith('Input')).map(({ name }) => name),
    [],
  );
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const capital = field.name[0]?.toUpperCase() + field.name.slice(1);
    assert.equal(String(field.type), `${capital}Payload!`, field.name);
    assert.deepEqual(
      field.args.map(({ name, type }) => `${name}: ${type}`),
      [`input: ${capital}Input!`],
      field.name,
    );
  }
});

test('nothing of how it is stored shows: neither tables nor columns nor files nor programs', () => {
  const stored =
    /\b(?:SELECT|prisma|pg-?boss|postgres(?:ql)?|pgboss|advisory|row ids?|tables|columns? of the (?:database|table)|jsonb|uuid(?:v7)?|foreign key|snake_case|artifacts?\/|\.quartet|hnswlib|\/tmp|\/var)\b/i;
  const texts: [string, string][] = [
    ...places.map(({ at, description }): [string, string] => [at, description]),
    ...ownTypes.map((type): [string, string] => [type.name, type.description ?? '']),
    ...ownTypes.flatMap((type) =>
      isEnumType(type)
        ? type.getValues().map(({ name, description }): [string, string] => [`${type.name}.${name}`, description ?? ''])
        : [],
    ),
  ];
  assert.deepEqual(
    texts.filter(([, text]) => stored.test(text) || /\b[a-z]+_[a-z]+\b/.test(text.replace(/`[^`]*`|UMAP's \w+/g, ''))),
    [],
  );
});

test('what can be missing says when: each nullable field tells what null means', () => {
  const nullable = places.filter(({ of, isInput }) => !isInput && !isNonNullType(of.type));
  const fromRoot = (at: string) => /^(Query|Node)\./.test(at);
  const inPayload = (at: string) => /Payload\./.test(at);
  assert.deepEqual(
    offenders(({ at, description }) => !fromRoot(at) && !inPayload(at) && !/\bnull\b/i.test(description), nullable),
    [],
  );
  // A payload holds null exactly where something was refused, and lists of it are whole.
  const payloads = ownTypes.filter(({ name }) => name.endsWith('Payload'));
  for (const type of payloads) {
    if (!isObjectType(type)) assert.fail(type.name);
    assert.equal(String(type.getFields().userErrors?.type), '[UserError!]!', type.name);
  }
  const holes = ({ of }: Place) => {
    const type = getNullableType(of.type);
    return isListType(type) && !isNonNullType(type.ofType);
  };
  // In the order of what was asked, with null for what is not there.
  assert.deepEqual(
    offenders(
      holes,
      places.filter(({ isInput }) => !isInput),
    ),
    ['SettingDifference.values', 'Query.nodes'],
  );
});

test('what has a unit names it: sizes, times and shares', () => {
  const units: [RegExp, RegExp][] = [
    [/[bB]ytes$/, /\bbytes?\b/i],
    [/Ms$/, /\bmilliseconds?\b|\bms\b/i],
    [/[sS]econds$/, /\bseconds?\b/i],
    [/[rR]ecall\w*$|[rR]atio$|[fF]raction$|[oO]verlap$/, /\bshare|\b0 to 1\b|fraction|of (?:its|all|the)|recall/i],
  ];
  for (const [name, words] of units) {
    const numbers = places.filter(
      (place) => name.test(place.name) && /^(Int|Float|SafeInt)$/.test(getNamedType(place.of.type).name),
    );
    assert.deepEqual(
      offenders(({ description }) => !words.test(description), numbers),
      [],
      String(name),
    );
  }
});

test('pages are all alike', () => {
  for (const type of ownTypes.filter(({ name }) => name.endsWith('Connection'))) {
    if (!isObjectType(type)) assert.fail(type.name);
    assert.deepEqual(Object.keys(type.getFields()).sort(), ['edges', 'nodes', 'pageInfo'], type.name);
  }
  const paged = places.filter(({ of }) => getNamedType(of.type).name.endsWith('Connection'));
  assert.ok(paged.length > 10);
  for (const { at, of } of paged) {
    const args = new Map((of as GraphQLField<unknown, unknown>).args.map((arg) => [arg.name, arg]));
    assert.equal(String(args.get('first')?.type), 'Int!', at);
    assert.ok(args.get('first')?.defaultValue !== undefined, at);
    assert.match(args.get('first')?.description ?? '', /1 to (100|5,000)\b/, at);
    assert.equal(String(args.get('after')?.type), 'String', at);
  }
});

test('whatever creates or starts something takes an idempotency key', () => {
  // Sent again, these change nothing.
  const settles = /^(set|cancel|pause|resume|delete|revoke|mark|retire)[A-Z]/;
  const without = Object.values(schema.getMutationType()?.getFields() ?? {})
    .filter(({ args }) => {
      const input = getNamedType(args[0]?.type as never);
      return !isInputObjectType(input) || input.getFields().idempotencyKey === undefined;
    })
    .map(({ name }) => name);
  assert.deepEqual(
    without.filter((name) => !settles.test(name)),
    [],
  );
});

test('a choice of things is a type of its own, not a text', () => {
  for (const type of ownTypes) if (isUnionType(type)) assert.ok(type.getTypes().length > 1, type.name);
  const choices = /^(code|status|state|kind|backend|source|method|strategy|level|split|outcome|basis|fate|format)$/;
  assert.deepEqual(
    offenders(({ name, of, isInput }) => !isInput && getNamedType(of.type).name === 'String' && choices.test(name)),
    [],
  );
  const words = /\bone of (?:"|`)/i;
  assert.deepEqual(
    offenders(({ of, description }) => getNamedType(of.type).name === 'String' && words.test(description)),
    [],
  );
});
