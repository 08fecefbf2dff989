import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  buildSchema,
  type DocumentNode,
  execute,
  type GraphQLError,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import type { Context } from '../../../src/api/context.ts';
import { Json, JsonText } from '../../../src/api/direct/json.ts';
import { Plan, type PlanAnswer } from '../../../src/api/direct/plan.ts';
import { costOf } from '../../../src/api/limits/prices.ts';
import { createSchema } from '../../../src/api/schema.ts';
import { createRandom, type Random } from '../../../src/platform/random.ts';
import { requestsOf } from '../requests-from-schema.ts';

/*
 * The oracle is graphql-js: documents and resolvers are made by chance, from values, promises, nulls where there must be none, errors that are
 * thrown, returned and rejected.
 */

const typeDefs = `
  enum Colour { RED GREEN }
  type Leaf { name: String strict: String! colour: Colour count(times: Int = 2, plus: [Int!]): Int! ratio: Float id: ID! flag: Boolean }
  type Branch { leaf: Leaf strictLeaf: Leaf! leaves: [Leaf] strictLeaves: [Leaf!]! names: [String] strictNames: [String!] branch: Branch }
  type Query { branch(seed: Int): Branch strictBranch: Branch! leaf: Leaf leaves: [Leaf!] number: Int }
`;

function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.int(from.length)] as T;
}

/** The place of each call decides what comes of it, so that both executions meet the same. */
type Fate = 'value' | 'promise' | 'null' | 'throws' | 'returns error' | 'rejects' | 'wrong';

function fateOf(seed: number, path: string, fates: readonly Fate[]): Fate {
  let hash = seed;
  for (const character of path) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) | 0;
  return pick(createRandom(hash), fates);
}

/** @param atOnce whether what would come later comes now, and is thrown where it would be rejected */
function schemaOf(seed: number, fates: readonly Fate[], atOnce = false) {
  const schema = buildSchema(typeDefs);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      field.resolve = (_source, args, _context, { path }) => {
        const place: (string | number)[] = [];
        for (let at: typeof path | undefined = path; at !== undefined; at = at.prev) place.unshift(at.key);
        const where = place.join('.');
        let fate = fateOf(seed, where, fates);
        if (atOnce) fate = fate === 'promise' ? 'value' : fate === 'rejects' ? 'throws' : fate;
        const named = getNamedType(field.type);
        const one = (n: number): unknown => {
          if (isObjectType(named)) return { n };
          if (named.name === 'Colour') return fate === 'wrong' ? 'BLUE' : 'RED';
          if (named.name === 'Int' || named.name === 'Float') return fate === 'wrong' ? 'many' : n + (args.times ?? 0);
          if (named.name === 'Boolean') return fate === 'wrong' ? 'yes' : n % 2 === 0;
          return fate === 'wrong' ? { n } : `${where} ${n} ${JSON.stringify(args)}`;
        };
        const isList = String(field.type).startsWith('[');
        const list = () => [one(0), fate === 'wrong' ? null : one(1), one(2)];
        const value = isList ? (fate === 'wrong' && where.length % 2 === 0 ? 7 : list()) : one(3);
        if (fate === 'promise') return Promise.resolve(isList && Array.isArray(value) ? new Set(value) : value);
        if (fate === 'null') return null;
        if (fate === 'throws') throw new Error(`thrown at ${where}`);
        if (fate === 'returns error') return new Error(`returned at ${where}`);
        if (fate === 'rejects') return Promise.reject(new Error(`rejected at ${where}`));
        return value;
      };
    }
  }
  return schema;
}

function documentOf(random: Random): string {
  const maybe = (text: string) => (random.next() < 0.5 ? text : '');
  const condition = () =>
    pick(random, ['', '', '', ' @skip(if: $yes)', ' @include(if: $yes)', ' @include(if: $no)', ' @skip(if: false)']);
  const leaf = (): string =>
    `{ ${maybe('__typename ')}${maybe(`name${condition()} `)}${maybe('strict ')}${maybe('colour ')}${maybe('count(times: $n, plus: [1, $n]) ')}${maybe('other: count ')}${maybe('ratio ')}${maybe('flag ')}${maybe('...named ')}id }`;
  const branch = (depth: number): string =>
    `{ ${maybe(`leaf${condition()} ${leaf()} `)}${maybe(`strictLeaf ${leaf()} `)}${maybe(`leaves ${leaf()} `)}${maybe(`again: strictLeaves ${leaf()} `)}${maybe('names ')}${maybe('strictNames ')}${depth > 0 ? maybe(`branch${condition()} ${branch(depth - 1)} `) : ''}... on Branch { leaf { id ...named } } }`;
  return `query Q($n: Int!, $yes: Boolean!, $no: Boolean = false) {
    branch(seed: $n) ${branch(2)} ${maybe(`strictBranch ${branch(1)}`)} ${maybe(`leaf ${leaf()}`)} ${maybe(`leaves ${leaf()}`)} number
    unused: number @include(if: $yes) alsoUnused: number @skip(if: $no) ${maybe(`leaf ${leaf()}`)}
  } fragment named on Leaf { id named: name }`;
}

function operationOf(document: DocumentNode): OperationDefinitionNode {
  return document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode;
}

const shown = ({ errors = [], data }: { errors?: readonly GraphQLError[]; data?: unknown }) => ({
  data: JSON.parse(JSON.stringify(data)),
  errors: errors.map((error) => JSON.parse(JSON.stringify(error.toJSON()))),
});

async function compare(seed: number, fates: readonly Fate[]): Promise<number> {
  const schema = schemaOf(seed, fates);
  const text = documentOf(createRandom(seed));
  const document = parse(text);
  assert.deepEqual(validate(schema, document), []);
  const variableValues = { n: seed % 7, yes: seed % 2 === 0 };
  const expected = shown(await execute({ schema, document, variableValues, contextValue: {} }));
  const request = new Plan(schema, document, operationOf(document)).request(variableValues);
  assert.ok(request !== null, text);
  const found = shown((await request.answer({} as Context)) as PlanAnswer);
  assert.deepEqual(found, expected, `seed ${seed}: ${text}`);
  assert.equal(JSON.stringify(found.data), JSON.stringify(expected.data), 'in the same order');
  return expected.errors.length;
}

test('a plan gives what graphql-js gives, errors, their places and what they make null included', async () => {
  let failures = 0;
  for (let seed = 1; seed <= 80; seed++) {
    failures += await compare(seed, ['value', 'value', 'value', 'null', 'throws', 'returns error', 'wrong']);
  }
  assert.ok(failures > 40, `${failures}`);
});

test('a plan waits for what comes later', async () => {
  for (let seed = 1; seed <= 40; seed++) await compare(seed, ['value', 'promise', 'promise']);
});

test('what is rejected in several places at once is told of, and leaves no rejection that nobody handles', async () => {
  for (let seed = 1; seed <= 50; seed++) {
    const fates: Fate[] = ['value', 'promise', 'promise', 'rejects', 'throws', 'null'];
    const schema = schemaOf(seed, fates);
    const document = parse(documentOf(createRandom(seed)));
    const variables = { n: 1, yes: true };
    const answer = await new Plan(schema, document, operationOf(document)).request(variables)?.answer({} as Context);
    // Which of several errors comes first is a matter of turns; what is null is not. graphql-js leaves rejections of its own here.
    const { data } = await execute({
      schema: schemaOf(seed, fates, true),
      document,
      variableValues: variables,
      contextValue: {},
    });
    assert.deepEqual(JSON.parse(JSON.stringify(answer?.data)), JSON.parse(JSON.stringify(data)), `seed ${seed}`);
  }
});

test('a plan costs what the operation is priced at, for every query of the schema', () => {
  const schema = createSchema();
  let planned = 0;
  for (const { root, document: text, variables } of requestsOf(schema)) {
    if (root !== 'Query') continue;
    const document = parse(text);
    const given = variables(() => 'something');
    const request = new Plan(schema, document, operationOf(document)).request(given);
    if (request === null) continue;
    planned++;
    assert.equal(request.cost, costOf({ schema, query: document, variables: given }), text);
  }
  assert.ok(planned >= 10, `${planned}`);
});

test('what is not compiled goes the ordinary way', () => {
  const schema = createSchema();
  const planned = (text: string, variables = {}) => {
    const document = parse(text);
    return new Plan(schema, document, operationOf(document)).request(variables);
  };
  assert.notEqual(planned('{ server { version } }'), null);
  assert.equal(planned('{ __schema { types { name } } }'), null);
  assert.equal(planned('mutation { createUpload(input: {fileName: "a"}) { upload { id } } }'), null);
  assert.equal(planned('query ($id: ID!) { node(id: $id) { id } }', { id: 'x' }), null);
  assert.equal(planned('query ($id: ID!) { index(id: $id) { id } }', {}), null, 'its variables do not fit');
  assert.equal(planned('{ __proto__: server { version } }'), null);
  const deep = `fragment f0 on Query { server { version } } ${Array.from({ length: 20 }, (_, at) => `fragment f${at + 1} on Query { ...f${at} ...f${at} }`).join(' ')}`;
  assert.equal(planned(`{ ...f20 } ${deep}`), null, 'too large, and told at once');
});

/** As `schemaOf`, but fields are properties: values that are there, now and then one that is not as it should be. */
function propertiesOf(seed: number): object {
  const random = createRandom(seed);
  const odd = <T>(usual: T): unknown => {
    const wrong = [null, undefined, new Error('returned'), Promise.resolve(usual), { a: 1 }, () => usual];
    return random.next() < 0.06 ? pick<unknown>(random, wrong) : usual;
  };
  const leaf = () => ({
    name: odd('größer "so" \u2028\n😀'),
    strict: odd(random.next() < 0.5 ? 'a' : 7),
    colour: odd('GREEN'),
    count: odd(random.int(9) - 4),
    ratio: odd(pick<unknown>(random, [0.1, -0, 1e21, 7, true])),
    id: odd(pick<unknown>(random, ['a', 12])),
    flag: odd(random.next() < 0.5),
  });
  const some = <T>(make: () => T) => odd(Array.from({ length: random.int(4) }, () => odd(make())));
  const branch = (depth: number): object => ({
    leaf: odd(leaf()),
    strictLeaf: odd(leaf()),
    leaves: some(leaf),
    strictLeaves: some(leaf),
    names: some(() => 'n'),
    strictNames: some(() => 'n'),
    branch: depth === 0 ? null : odd(branch(depth - 1)),
  });
  return { branch: branch(2), strictBranch: branch(2), leaf: leaf(), leaves: some(leaf), number: 3 };
}

test('what is only read is written as JSON at once, and found out about where it is not as it should be', async () => {
  const schema = buildSchema(typeDefs);
  const root = schema.getQueryType()?.getFields() ?? {};
  let written = 0;
  for (let seed = 1; seed <= 60; seed++) {
    for (const [name, field] of Object.entries(root)) {
      field.resolve = () => (propertiesOf(seed) as Readonly<Record<string, unknown>>)[name];
    }
    const document = parse(documentOf(createRandom(seed)));
    const variableValues = { n: 2, yes: true };
    const expected = await execute({ schema, document, variableValues, contextValue: {} });
    const answer = await new Plan(schema, document, operationOf(document))
      .request(variableValues)
      ?.answer({} as Context);
    const text = new JsonText();
    text.addValue(answer?.data);
    assert.equal(text.take().join(''), JSON.stringify(expected.data), `seed ${seed}`);
    assert.deepEqual(shown(answer ?? {}), shown(expected), `seed ${seed}`);
    if (Object.values(answer?.data ?? {}).some((value) => value instanceof Json)) written++;
  }
  assert.ok(written > 20, `${written}`);
});
