import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { QuartetError } from '../../domain/errors.ts';
import type { Limits } from '../../domain/limits.ts';

interface Measured {
  /** Levels of fields. */
  readonly depth: number;
  readonly aliases: number;
}

/** Refuses a document that is nested too deep or asks for too much under other names, before anything of it is carried out. */
export function documentLimits(limits: Pick<Limits, 'depth' | 'aliases'>): ValidationRule {
  return (context): ASTVisitor => ({
    OperationDefinition(operation) {
      const { depth, aliases } = measure(context, operation);
      if (depth > limits.depth) {
        refuse(
          context,
          operation,
          `is ${depth} levels deep, at most ${limits.depth} are taken; ask in several requests`,
        );
      }
      if (aliases > limits.aliases) {
        refuse(
          context,
          operation,
          `has ${aliases} aliases, at most ${limits.aliases} are taken; ask in several requests`,
        );
      }
      return false;
    },
  });
}

function refuse(context: ValidationContext, operation: OperationDefinitionNode, message: string): void {
  const name = operation.name === undefined ? 'The operation' : `The operation ${operation.name.value.slice(0, 100)}`;
  const originalError = new QuartetError('LIMIT_EXCEEDED', `${name} ${message}.`);
  context.reportError(new GraphQLError(originalError.message, { nodes: operation, originalError }));
}

function measure(context: ValidationContext, operation: OperationDefinitionNode): Measured {
  // Each fragment is measured once, however often it is used: documents of fragments that use fragments would else take for ever.
  const known = new Map<string, Measured | null>();
  const ofFragment = (fragment: FragmentDefinitionNode | null | undefined): Measured => {
    if (fragment === null || fragment === undefined) return { depth: 0, aliases: 0 };
    const name = fragment.name.value;
    const before = known.get(name);
    if (before !== undefined) return before ?? { depth: 0, aliases: 0 };
    // A circle, which another rule refuses.
    known.set(name, null);
    const measured = ofSelections(fragment.selectionSet);
    known.set(name, measured);
    return measured;
  };
  const ofSelections = ({ selections }: SelectionSetNode): Measured => {
    let depth = 0;
    let aliases = 0;
    for (const selection of selections) {
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(context.getFragment(selection.name.value))
          : selection.selectionSet === undefined
            ? { depth: 0, aliases: 0 }
            : ofSelections(selection.selectionSet);
      const isField = selection.kind === Kind.FIELD;
      // What the schema tells of itself is as deep as its types are wrapped, and costs nothing.
      if (isField && selection.name.value.startsWith('__')) continue;
      depth = Math.max(depth, inner.depth + (isField ? 1 : 0));
      aliases += inner.aliases + (isField && selection.alias !== undefined ? 1 : 0);
    }
    return { depth, aliases };
  };
  return ofSelections(operation.selectionSet);
}
