import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';

/**
 * The text of one operation, which knows the types of its answer and its variables. Those of this package are generated from
 * the schema; graphql-codegen with `documentMode: 'string'` makes more of your own that fit everywhere here.
 */
export class TypedDocument<Result, Variables> extends String implements DocumentTypeDecoration<Result, Variables> {
  declare __apiType?: NonNullable<DocumentTypeDecoration<Result, Variables>['__apiType']>;
}

/** Any typed document whose `String()` is its text. */
export type Document<Result, Variables> = DocumentTypeDecoration<Result, Variables> & { toString(): string };

/** @param parts the operation, then the fragments that it spreads */
export function typed<Result, Variables>(...parts: readonly string[]): TypedDocument<Result, Variables> {
  return new TypedDocument(parts.join('\n'));
}
