import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type GraphQLArgument,
  type GraphQLInputField,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
  parse,
} from 'graphql';
import { costOf } from '../../../src/api/limits/prices.ts';
import { createSchema } from '../../../src/api/schema.ts';
import { requestsOf, selectionOf } from '../requests-from-schema.ts';

const schema = createSchema();
const cost = (document: string, variables: Record<string, unknown> = {}) =>
  costOf({ schema, query: parse(document), variables });
const SEARCH = 'query ($input: SearchInput!) { search(input: $input) { hits { score item { id text } } } }';
const searchCost = (more: object) =>
  cost(SEARCH, { input: { target: { datasetName: 'a' }, query: { text: 'b' }, ...more } });

test('what takes longer costs more: hits, candidates, exact scans, words, diversity, pages, batches, texts', () => {
  const plain = searchCost({});
  assert.ok(plain > 10 && plain < 100, String(plain));
  for (const more of [
    { k: 100 },
    { ef: 5_000 },
    { exact: true },
    { filter: { label: { eq: 'x' } } },
    { hybrid: {} },
    { k: 1_000, diversity: { lambda: 0.5 } },
    { query: { text: 'b'.repeat(50_000) } },
  ]) {
    assert.ok(searchCost(more) > plain, JSON.stringify(more).slice(0, 80));
  }
  assert.ok(searchCost({ k: 1_000, diversity: { lambda: 0.5 } }) > searchCost({ k: 1_000 }) + 1_000);
  const conditions = (count: number) => ({
    filter: { and: Array(count).fill({ not: { metadata: { key: 'a', contains: 'b' } } }) },
  });
  assert.ok(searchCost(conditions(1)) < plain + 30);
  assert.ok(searchCost(conditions(1_000)) > 5_000, `${searchCost(conditions(1_000))} points`);
  assert.ok(searchCost({ filter: { label: { in: Array(10_000).fill('a') } } }) > searchCost(conditions(5)));
  const page = (first: number) =>
    cost(`{ datasets(first: ${first}) { nodes { items(first: 100) { nodes { id } } } } }`);
  assert.ok(page(100) > 90 * page(1));
  const batch = (queries: number) =>
    cost('query ($input: SearchBatchInput!) { searchBatch(input: $input) { results { hits { score } } } }', {
      input: { target: { datasetName: 'a' }, queries: Array(queries).fill({ text: 'b' }) },
    });
  assert.ok(batch(100) > 50 * batch(1), `${batch(1)} ${batch(100)}`);
});

test('of what every client needs nothing is refused', () => {
  assert.ok(searchCost({ k: 1_000, ef: 5_000, exact: true }) < 10_000);
  const batch = cost(
    'query ($input: SearchBatchInput!) { searchBatch(input: $input) { results { hits { item { id text } } } } }',
    {
      input: { target: { datasetName: 'a' }, queries: Array(1_000).fill({ text: 'a question' }) },
    },
  );
  assert.ok(batch < 100_000, String(batch));
});

test('a count below nothing is no credit for what stands beside it', () => {
  const dear = 'datasets(first: 100) { nodes { items(first: 100) { nodes { id } } } }';
  const alone = cost(`{ ${dear} }`);
  assert.ok(cost(`{ a: datasets(first: -1000000) { nodes { id items { nodes { id } } } } b: ${dear} }`) >= alone);
  assert.ok(searchCost({ k: -1_000, ef: -5_000 }) > 0);
  const recall = (of: string) => cost(`{ measureRecall(${of}) { recall } ${dear} }`);
  assert.ok(recall('indexId: "a", sample: -1000') >= alone);
});

test('an entry of a page is counted once', () => {
  const events = cost('{ run(id: "a") { events(first: 1000) { nodes { sequence } } } }');
  assert.ok(events > 1_000 && events < 1_100, String(events));
});

/** What a client can make larger: numbers that say how many, and lists. */
const COUNTS = new Set(['first', 'k', 'ef', 'sample']);
type Given = GraphQLArgument | GraphQLInputField;

const isCount = (name: string, type: Given['type']) => COUNTS.has(name) && String(getNamedType(type)) === 'Int';

function canGrow({ name, type }: Given): boolean {
  const named = getNamedType(type);
  if (isCount(name, type) || isListType(getNullableType(type))) return true;
  return isInputObjectType(named) && !named.isOneOf && Object.values(named.getFields()).some(canGrow);
}

/** The same values with each count and each list of this size. */
function sized(
  args: readonly Given[],
  values: Readonly<Record<string, unknown>>,
  size: number,
): Record<string, unknown> {
  return Object.fromEntries(
    args.flatMap(({ name, type }): [string, unknown][] => {
      const named = getNamedType(type);
      const value = values[name];
      if (isCount(name, type)) return [[name, size]];
      if (isListType(getNullableType(type))) {
        const entry = Array.isArray(value) ? value[0] : String(named) === 'String' ? 'a text' : undefined;
        return entry === undefined ? [] : [[name, Array(size).fill(entry)]];
      }
      if (isInputObjectType(named) && !named.isOneOf && value !== undefined) {
        return [[name, sized(Object.values(named.getFields()), value as Record<string, unknown>, size)]];
      }
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

test('every query whose arguments can grow has a price that grows', () => {
  const query = schema.getQueryType();
  assert.ok(isObjectType(query));
  const requests = new Map(requestsOf(schema).map((request) => [`${request.root}.${request.field}`, request]));
  const checked: string[] = [];
  for (const field of Object.values(query.getFields()).filter(({ args }) => args.some(canGrow))) {
    const minimal = requests.get(`Query.${field.name}`)?.variables(() => 'RGF0YXNldDp4') ?? {};
    const costs = [1, 100].map((size) => {
      const variables = sized(field.args, minimal, size);
      const given = field.args.filter(({ name }) => name in variables);
      const declared = given.map(({ name, type }) => `$${name}: ${type}`).join(', ');
      const passed = given.map(({ name }) => `${name}: $${name}`).join(', ');
      const selection = selectionOf(schema, field.type, 1);
      return cost(`query (${declared}) { ${field.name}(${passed}) ${selection} }`, variables);
    });
    const [small, large] = costs as [number, number];
    assert.ok(
      large >= small + 90,
      `${field.name}: ${small} and ${large}; say in src/api/limits/prices.ts what it costs`,
    );
    checked.push(field.name);
  }
  for (const name of ['search', 'searchBatch', 'compareSearch', 'embed', 'nodes', 'measureRecall', 'datasets']) {
    assert.ok(checked.includes(name), name);
  }
});
