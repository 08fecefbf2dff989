import type { FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { FieldArguments } from './field-arguments.ts';

/** What a document is compiled with. */
export interface Compiling {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly fieldArguments: FieldArguments;
  /** Values of the variables that `@skip` and `@include` look at. */
  readonly conditions: Readonly<Record<string, boolean>>;
}

/** Thrown for what is not compiled and goes the ordinary way. */
export class NotCompiled extends Error {}
