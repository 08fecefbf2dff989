import { type FieldNode, type GraphQLField, getArgumentValues, Kind, type ValueNode } from 'graphql';
import type { Arguments, Run } from './run.ts';

/** The arguments of one field of a document: made once where no variable is in them, else once in each run, however many ask. */
export type ArgumentsReader =
  | { readonly kind: 'constant'; readonly values: Arguments }
  | { readonly kind: 'variable'; of(run: Run): Arguments };

/** Gives each field of a document its reader. @throws GraphQLError for constant arguments that do not fit */
export class FieldArguments {
  readonly #known = new Map<FieldNode, ArgumentsReader>();
  #slots = 0;

  of(field: GraphQLField<unknown, unknown>, node: FieldNode): ArgumentsReader {
    const before = this.#known.get(node);
    if (before !== undefined) return before;
    const reader = this.#readerOf(field, node);
    this.#known.set(node, reader);
    return reader;
  }

  #readerOf(field: GraphQLField<unknown, unknown>, node: FieldNode): ArgumentsReader {
    if (!(node.arguments ?? []).some(({ value }) => hasVariable(value))) {
      return { kind: 'constant', values: getArgumentValues(field, node) };
    }
    const slot = this.#slots++;
    return {
      kind: 'variable',
      of: (run) => (run.arguments[slot] ??= getArgumentValues(field, node, run.variables)),
    };
  }
}

function hasVariable(value: ValueNode): boolean {
  if (value.kind === Kind.VARIABLE) return true;
  if (value.kind === Kind.LIST) return value.values.some(hasVariable);
  return value.kind === Kind.OBJECT && value.fields.some((field) => hasVariable(field.value));
}
