import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  buildSchema,
  type GraphQLInputObjectType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  parse,
  printType,
  validate,
} from 'graphql';
import { attach, createSchema } from '../../src/api/schema.ts';
import * as operations from '../../src/app/client/operations.ts';
import { RUN_EVENTS } from '../../src/app/client/run-events.ts';
import { INDEX_BOUNDS } from '../../src/search-index/parameters.ts';
import {
  EARLY_STOPPING_SETTINGS,
  ENCODER_SETTINGS,
  MATRYOSHKA_SETTINGS,
  OPTIMIZER_SETTINGS,
  PARADIGM_SETTINGS,
  TRAINING_SETTINGS,
} from '../../src/training/defaults.ts';

const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
const ownTypes = Object.values(schema.getTypeMap()).filter(({ name, astNode }) => !name.startsWith('__') && astNode);

test('every type, field, argument and enum value has a description', () => {
  const bare: string[] = [];
  for (const type of ownTypes) {
    if (!type.description) bare.push(type.name);
    if (isEnumType(type))
      bare.push(
        ...type
          .getValues()
          .filter(({ description }) => !description)
          .map(({ name }) => `${type.name}.${name}`),
      );
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!field.description) bare.push(`${type.name}.${field.name}`);
      for (const argument of 'args' in field ? field.args : []) {
        if (!argument.description) bare.push(`${type.name}.${field.name}(${argument.name})`);
      }
    }
  }
  assert.deepEqual(bare, []);
});

test('the inputs name exactly the settings there are, with their defaults, minima and maxima', () => {
  const described = (input: string, settings: Readonly<Record<string, object>>) => {
    const fields = (schema.getType(input) as GraphQLInputObjectType).getFields();
    for (const [name, setting] of Object.entries(settings)) {
      const description = fields[name]?.description ?? assert.fail(`${input} has no ${name}`);
      for (const bound of boundsOf(setting))
        assert.ok(description.includes(bound), `${input}.${name} does not say "${bound}"`);
    }
    return Object.keys(fields);
  };
  const exactly = (input: string, settings: Readonly<Record<string, object>>, others: readonly string[] = []) =>
    assert.deepEqual(described(input, settings).sort(), [...Object.keys(settings), ...others].sort(), input);
  const nested = ['encoder', 'paradigm', 'optimizer', 'earlyStopping', 'matryoshka'];
  exactly('StartTrainingInput', TRAINING_SETTINGS, ['datasetId', 'idempotencyKey', ...nested]);
  const { widths, ...each } = MATRYOSHKA_SETTINGS;
  described('StartTrainingInput', { matryoshka: each });
  const said = (schema.getType('StartTrainingInput') as GraphQLInputObjectType).getFields().matryoshka?.description;
  assert.ok(said?.includes(`at most ${widths},`), said ?? 'matryoshka is not described');
  exactly('EarlyStoppingInput', EARLY_STOPPING_SETTINGS);
  const variants = {
    EncoderInput: ENCODER_SETTINGS,
    ParadigmInput: PARADIGM_SETTINGS,
    OptimizerInput: OPTIMIZER_SETTINGS,
  };
  for (const [input, settings] of Object.entries(variants)) {
    const members = Object.values((schema.getType(input) as GraphQLInputObjectType).getFields());
    assert.equal(members.length, Object.keys(settings).length, input);
    for (const [name, ofVariant] of Object.entries(settings)) {
      const member = members.find((field) => field.name.toLowerCase() === name.replaceAll('-', ''));
      exactly(String(member?.type ?? assert.fail(`${input} has no ${name}`)), ofVariant);
    }
  }
  const { m, efConstruction, efSearch } = INDEX_BOUNDS;
  described('BuildIndexInput', { m, efConstruction, efSearch });
});

test('a resolver of no field and an interface that nobody resolves are found at the start', () => {
  const text = 'type Query { node: Node } interface Node { id: ID } type Item implements Node { id: ID }';
  const resolveType = { __resolveType: () => 'Item' };
  const withResolvers = (map: Parameters<typeof attach>[1]) => () => attach(buildSchema(text), map);

  assert.doesNotThrow(withResolvers({ Node: resolveType, Item: { id: () => '1' } }));
  assert.throws(withResolvers({}), /Node wants a resolver __resolveType/);
  assert.throws(withResolvers({ Node: resolveType, Item: { nam: () => '1' } }), /no field Item\.nam/);
  assert.throws(withResolvers({ Node: resolveType, Itm: { id: () => '1' } }), /type Itm/);
});

test('the API tells of its scalars what schema.graphql says', () => {
  const served = createSchema().getTypeMap();
  for (const type of ownTypes.filter(isScalarType)) {
    assert.equal(printType(served[type.name] ?? assert.fail(type.name)), printType(type));
  }
});

test('every document that the command line sends is valid', () => {
  const documents = Object.values(operations).filter((text) => /^(query|mutation)\b/.test(text));
  assert.ok(documents.length > 10);
  for (const document of [...documents, RUN_EVENTS]) assert.deepEqual(validate(schema, parse(document)), [], document);
});

/** The words a description must have. */
function boundsOf(setting: object): string[] {
  const { default: standard, minimum, maximum, min, max } = setting as Record<string, number | string | boolean | null>;
  const said: string[] = [];
  if (typeof standard === 'number') said.push(`Default ${number(standard)}`);
  if (typeof standard === 'string') said.push(`Default ${spelledAsEnum(standard)}`);
  if (typeof standard === 'boolean') said.push(`Default ${standard}`);
  for (const [word, value] of [
    ['minimum', minimum ?? min],
    ['maximum', maximum ?? max],
  ] as const) {
    if (typeof value === 'number') said.push(`${word} ${number(value)}`);
  }
  return said;
}

/** `sampled-info-nce` is SAMPLED_INFO_NCE, `ndcgAt10` is NDCG_AT_10. */
function spelledAsEnum(value: string): string {
  return value
    .replace(/([a-z])([A-Z0-9])/g, '$1_$2')
    .replaceAll('-', '_')
    .toUpperCase();
}

function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 12 });
}
