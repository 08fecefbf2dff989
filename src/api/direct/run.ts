import { type FieldNode, type GraphQLError, locatedError } from 'graphql';
import type { Context } from '../context.ts';

export type Arguments = Readonly<Record<string, unknown>>;

/** Where in the answer a value stands, as graphql-js keeps it: the last step first. */
export interface Path {
  readonly prev: Path | undefined;
  readonly key: string | number;
  readonly typename: string | undefined;
}

/** One execution of a plan. */
export class Run {
  /** Coerced. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Of the fields that have variables in them, by slot. */
  readonly arguments: Arguments[] = [];
  readonly errors: GraphQLError[] = [];
  /** Where a null stands for an error. */
  readonly #nulled = new Set<Path | undefined>();

  #context: Context | undefined;

  constructor(variables: Readonly<Record<string, unknown>>) {
    this.variables = variables;
  }

  /** Of whom it is for; not known while it is only priced. */
  get context(): Context {
    return this.#context as Context;
  }

  begin(context: Context): this {
    this.#context = context;
    return this;
  }

  /** Notes an error, and makes its place null. What fails below a place that is null already is not told. */
  fail(error: GraphQLError, path: Path | undefined): null {
    for (let at = path; at !== undefined; at = at.prev) if (this.#nulled.has(at)) return null;
    if (this.#nulled.has(undefined)) return null;
    this.#nulled.add(path);
    this.errors.push(error);
    return null;
  }
}

/** The error as GraphQL tells of it: with its place in the document and in the answer. */
export function located(error: unknown, nodes: readonly FieldNode[], path: Path): GraphQLError {
  const keys: (string | number)[] = [];
  for (let at: Path | undefined = path; at !== undefined; at = at.prev) keys.unshift(at.key);
  return locatedError(error, nodes, keys);
}
