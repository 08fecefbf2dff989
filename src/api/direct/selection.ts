import {
  type FieldNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields.js';
import type { Context } from '../context.ts';
import { type Compiling, NotCompiled } from './compiling.ts';
import type { ArgumentsReader } from './field-arguments.ts';
import { compilePlain } from './plain.ts';
import { located, type Path, type Run } from './run.ts';

/*
 * The selections of one document as a tree of functions, made once: which fields, in which order, by which resolver, of which type.
 * What it gives is what graphql-js' `execute` gives (the test compares them), so the algorithm, sections 6.3 and 6.4 of the
 * specification, is told there. What it leaves out: fields of interfaces and unions.
 */

/** Gives an object of the answer, or a promise of it. @param path undefined for the root */
export type Selection = (run: Run, source: unknown, path: Path | undefined) => unknown;
/** Makes a resolved value into a value of the answer, or a promise of one. @throws for a null where there must be none */
type Completion = (run: Run, value: unknown, path: Path) => unknown;

interface FieldPlan {
  /** In the answer. */
  readonly key: string;
  readonly parent: string;
  readonly nodes: readonly FieldNode[];
  readonly nullable: boolean;
  /** Null: a property of the source. */
  readonly resolve: GraphQLFieldResolver<unknown, Context> | null;
  readonly property: string;
  readonly given: ArgumentsReader;
  readonly complete: Completion;
  readonly info: Omit<GraphQLResolveInfo, 'path' | 'variableValues'>;
}

export function compileFields(
  compiling: Compiling,
  type: GraphQLObjectType,
  collected: ReadonlyMap<string, readonly FieldNode[]>,
): Selection {
  if (type.isTypeOf) throw new NotCompiled(`${type.name} is told by its value`);
  const plans = [...collected].map(([key, nodes]) => compileField(compiling, type, key, nodes));
  return (run, source, path) => selected(plans, run, source, path);
}

function compileField(
  compiling: Compiling,
  parent: GraphQLObjectType,
  key: string,
  nodes: readonly FieldNode[],
): FieldPlan {
  const { schema, fragments, operation, fieldArguments } = compiling;
  const [node] = nodes as [FieldNode];
  const property = node.name.value;
  // As a key it would be the prototype of the answer.
  if (key === '__proto__') throw new NotCompiled(key);
  if (property === '__typename') {
    return typenamePlan(compiling, parent, key, nodes);
  }
  const field = parent.getFields()[property] as GraphQLField<unknown, Context> | undefined;
  if (field === undefined) throw new NotCompiled(`the schema about itself: ${property}`);
  const { resolve = null, type } = field;
  const place = { parent, field: property, nodes };
  return {
    key,
    parent: parent.name,
    nodes,
    nullable: !isNonNullType(type),
    resolve,
    property,
    given: fieldArguments.of(field as GraphQLField<unknown, unknown>, node),
    complete: completionOf(compiling, type, place),
    info: {
      fieldName: property,
      fieldNodes: nodes,
      returnType: type,
      parentType: parent,
      schema,
      fragments,
      rootValue: undefined,
      operation,
    },
  };
}

function typenamePlan(
  { schema, fragments, operation }: Compiling,
  parent: GraphQLObjectType,
  key: string,
  nodes: readonly FieldNode[],
): FieldPlan {
  const { name } = parent;
  const info = {
    fieldName: '__typename',
    fieldNodes: nodes,
    returnType: parent,
    parentType: parent,
    schema,
    fragments,
    rootValue: undefined,
    operation,
  };
  return {
    key,
    parent: name,
    nodes,
    nullable: false,
    resolve: () => name,
    property: '__typename',
    given: { kind: 'constant', values: {} },
    complete: (_run, value) => value,
    info,
  };
}

/** Resolves and completes each field; those of one object do not wait for each other. */
function selected(plans: readonly FieldPlan[], run: Run, source: unknown, path: Path | undefined): unknown {
  const answer: Record<string, unknown> = {};
  let pending: Promise<void>[] | undefined;
  try {
    for (const plan of plans) {
      const value = fieldValue(plan, run, source, path);
      answer[plan.key] = value;
      if (isPromise(value)) {
        pending ??= [];
        pending.push(
          value.then((settled) => {
            answer[plan.key] = settled;
          }),
        );
      }
    }
  } catch (error) {
    if (pending === undefined) throw error;
    // The others may fail too, which nobody is told then.
    return Promise.all(pending).then(
      () => Promise.reject(error),
      () => Promise.reject(error),
    );
  }
  return pending === undefined ? answer : Promise.all(pending).then(() => answer);
}

function fieldValue(plan: FieldPlan, run: Run, source: unknown, path: Path | undefined): unknown {
  const here: Path = { prev: path, key: plan.key, typename: plan.parent };
  try {
    const value = resolved(plan, run, source, here);
    const done = isPromise(value)
      ? value.then((settled) => plan.complete(run, settled, here))
      : plan.complete(run, value, here);
    return isPromise(done) ? done.then(undefined, (error) => failed(error, plan, run, here)) : done;
  } catch (error) {
    return failed(error, plan, run, here);
  }
}

function failed(error: unknown, { nodes, nullable }: FieldPlan, run: Run, path: Path): null {
  const told = located(error, nodes, path);
  if (nullable) return run.fail(told, path);
  throw told;
}

function resolved({ resolve, property, given, info }: FieldPlan, run: Run, source: unknown, path: Path): unknown {
  if (resolve === null) {
    const value = (source as Readonly<Record<string, unknown>> | null | undefined)?.[property];
    if (typeof value !== 'function') return value;
    const values = given.kind === 'constant' ? given.values : given.of(run);
    return value.call(source, values, run.context, { ...info, path, variableValues: run.variables });
  }
  const values = given.kind === 'constant' ? given.values : given.of(run);
  // Only those that name it read it.
  const told = resolve.length > 3 ? { ...info, path, variableValues: run.variables } : (info as GraphQLResolveInfo);
  return resolve(source, values, run.context, told);
}

interface Place {
  readonly parent: GraphQLObjectType;
  readonly field: string;
  readonly nodes: readonly FieldNode[];
}

function completionOf(compiling: Compiling, type: GraphQLOutputType, place: Place): Completion {
  const nullable = getNullableType(type) as GraphQLOutputType;
  const complete = writtenCompletion(compiling, nullable, place);
  if (nullable === type) return complete;
  return (run, value, path) => {
    const done = complete(run, value, path);
    if (done !== null) return done;
    throw new Error(`Cannot return null for non-nullable field ${place.parent.name}.${place.field}.`);
  };
}

/** What can be written at once is; all else as the specification has it. */
function writtenCompletion(compiling: Compiling, type: GraphQLOutputType, place: Place): Completion {
  const complete = nullableCompletion(compiling, type, place);
  const plain = isLeafType(type) ? null : compilePlain(compiling, type, place.nodes);
  if (plain === null) return complete;
  return (run, value, path) =>
    value === null || value === undefined ? null : (plain(value) ?? complete(run, value, path));
}

function nullableCompletion(compiling: Compiling, type: GraphQLOutputType, place: Place): Completion {
  if (isLeafType(type)) return leafCompletion(type);
  if (isListType(type)) return listCompletion(compiling, type.ofType, place);
  if (!isObjectType(type)) throw new NotCompiled(`${String(type)} is one of several types`);
  const { schema, fragments, conditions } = compiling;
  const selection = compileFields(compiling, type, collectSubfields(schema, fragments, conditions, type, place.nodes));
  return (run, value, path) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    return selection(run, value, path);
  };
}

function leafCompletion(type: GraphQLLeafType): Completion {
  return (_run, value) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    const serialized = type.serialize(value);
    if (serialized !== null && serialized !== undefined) return serialized;
    throw new Error(
      `Expected \`${String(type)}.serialize(${String(value)})\` to return non-nullable value, returned: ${String(serialized)}`,
    );
  };
}

function listCompletion(compiling: Compiling, type: GraphQLOutputType, place: Place): Completion {
  const complete = completionOf(compiling, type, place);
  const nullable = !isNonNullType(type);
  const { nodes } = place;
  return (run, value, path) => {
    if (value === null || value === undefined) return null;
    if (value instanceof Error) throw value;
    if (typeof value !== 'object' || !(Symbol.iterator in value)) {
      throw new Error(`Expected Iterable, but did not find one for field "${place.parent.name}.${place.field}".`);
    }
    const entries: readonly unknown[] = Array.isArray(value) ? value : Array.from(value as Iterable<unknown>);
    const answer = new Array<unknown>(entries.length);
    let isPending = false;
    for (let at = 0; at < entries.length; at++) {
      const here: Path = { prev: path, key: at, typename: undefined };
      const failed = (error: unknown): null => {
        const told = located(error, nodes, here);
        if (nullable) return run.fail(told, here);
        throw told;
      };
      try {
        const entry = entries[at];
        const done = isPromise(entry)
          ? entry.then((settled) => complete(run, settled, here))
          : complete(run, entry, here);
        if (isPromise(done)) isPending = true;
        answer[at] = isPromise(done) ? done.then(undefined, failed) : done;
      } catch (error) {
        if (!nullable) ignoreFailures(answer);
        answer[at] = failed(error);
      }
    }
    return isPending ? Promise.all(answer) : answer;
  };
}

/** Of a list that is given up: nobody waits for its entries any more. */
function ignoreFailures(entries: readonly unknown[]): void {
  for (const entry of entries) if (isPromise(entry)) entry.then(undefined, () => {});
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === 'function';
}
