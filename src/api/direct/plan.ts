import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  visit,
} from 'graphql';
import { collectFields } from 'graphql/execution/collectFields.js';
import type { Context } from '../context.ts';
import { NotCompiled } from './compiling.ts';
import { FieldArguments } from './field-arguments.ts';
import { compilePrice, type Price } from './price.ts';
import { Run } from './run.ts';
import { compileFields, type Selection } from './selection.ts';
import { compileVariables, type VariablesReader } from './variables.ts';

export interface PlanAnswer {
  /** Left out when there are none. */
  readonly errors?: readonly GraphQLError[];
  readonly data: unknown;
}

/** One request, whose variables are read once for its price and its answer. */
export interface PlannedRequest {
  /** Points, a whole number from 1. */
  readonly cost: number;
  /** Call it once. */
  answer(context: Context): Promise<PlanAnswer>;
}

interface Form {
  readonly selection: Selection;
  readonly price: Price;
}

/** Documents in which more variables say what is asked have too many forms. */
const MOST_CONDITIONS = 4;

/**
 * A query that was parsed and validated, made into functions once: what it costs and what it answers. Queries alone: a mutation takes
 * its time in the database.
 */
export class Plan {
  readonly #schema: GraphQLSchema;
  readonly #operation: OperationDefinitionNode;
  readonly #fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** Variables that `@skip` and `@include` look at. */
  readonly #conditions: readonly string[];
  readonly #variables: VariablesReader;
  /** By the values of these; null: not compiled. */
  readonly #forms = new Map<string, Form | null>();

  /** @param document valid by the schema @param operation of it */
  constructor(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
    this.#schema = schema;
    this.#operation = operation;
    const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
    }
    this.#fragments = fragments;
    this.#conditions = conditionsOf(document);
    this.#variables = compileVariables(schema, operation.variableDefinitions ?? []);
  }

  /** @returns null for what goes the ordinary way: it is not compiled, or its variables do not fit and it says why there */
  request(variables: Readonly<Record<string, unknown>>): PlannedRequest | null {
    if (this.#operation.operation !== OperationTypeNode.QUERY || this.#conditions.length > MOST_CONDITIONS) return null;
    const coerced = this.#variables(variables);
    const form = coerced === null ? null : this.#formOf(coerced);
    if (coerced === null || form === null) return null;
    const run = new Run(coerced);
    return { cost: Math.max(1, Math.ceil(form.price(run))), answer: (context) => answered(form, run.begin(context)) };
  }

  #formOf(variables: Readonly<Record<string, unknown>>): Form | null {
    const values = this.#conditions.map((name) => variables[name]);
    if (!values.every((value) => typeof value === 'boolean')) return null;
    const key = values.join();
    const known = this.#forms.get(key);
    if (known !== undefined) return known;
    const form = this.#compile(Object.fromEntries(this.#conditions.map((name, at) => [name, values[at] as boolean])));
    this.#forms.set(key, form);
    return form;
  }

  #compile(conditions: Readonly<Record<string, boolean>>): Form | null {
    const { selectionSet } = this.#operation;
    const compiling = {
      schema: this.#schema,
      operation: this.#operation,
      fragments: this.#fragments,
      fieldArguments: new FieldArguments(),
      conditions,
    };
    const root = this.#schema.getQueryType() as GraphQLObjectType;
    const collected = collectFields(this.#schema, this.#fragments, conditions, root, selectionSet);
    try {
      // First: it is what refuses documents that are too large.
      const price = compilePrice(compiling, root, selectionSet);
      return { price, selection: compileFields(compiling, root, collected) };
    } catch (error) {
      if (error instanceof NotCompiled) return null;
      throw error;
    }
  }
}

async function answered({ selection }: Form, run: Run): Promise<PlanAnswer> {
  let data: unknown;
  try {
    data = await selection(run, undefined, undefined);
  } catch (error) {
    data = run.fail(error as GraphQLError, undefined);
  }
  return run.errors.length === 0 ? { data } : { errors: run.errors, data };
}

/** Names of the variables that say whether something of a document is asked at all. */
function conditionsOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ arguments: given = [] }) {
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
