import {
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';
import { QuartetError } from '../../domain/errors.ts';

/**
 * GraphQL compares every two fields that come under one name in an answer, to see that they are the same: of `{ a a a }` three pairs. Of
 * a small document that repeats itself these are hundreds of thousands, which would hold up the event loop for the better part of a
 * second before anything has a price. This many take some 50 ms.
 */
const MOST_PAIRS = 25_000;
/** Fields of a document, fragments counted wherever they are used. */
const MOST_FIELDS = 20_000;
/** Characters of arguments, which are compared too, that weigh as much as a field. */
const CHARACTERS = 20;

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/**
 * A rule that comes before the others, though it stands behind them: what it refuses they are not shown. They look at a document
 * part by part, and this at the whole of it before its parts.
 */
export function repeatedFields(context: ValidationContext): ASTVisitor {
  return {
    Document(document: DocumentNode) {
      const fault = faultOf(document);
      if (fault === undefined) return undefined;
      const originalError = new QuartetError('LIMIT_EXCEEDED', `The document ${fault}.`);
      context.reportError(new GraphQLError(originalError.message, { originalError }));
      return { ...document, definitions: [] };
    },
  };
}

/** @returns undefined when it can be validated in little time */
function faultOf({ definitions }: DocumentNode): string | undefined {
  const fragments = new Map(
    definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  const left = { pairs: MOST_PAIRS, fields: MOST_FIELDS };
  // Fragments also by themselves: they are looked at whether or not an operation uses them.
  for (const definition of definitions) {
    if ('selectionSet' in definition && definition.selectionSet !== undefined) {
      spend(left, [definition.selectionSet], fragments);
    }
    if (left.fields < 0) return `asks for more than ${MOST_FIELDS} fields, those of a fragment counted with each use`;
    if (left.pairs < 0)
      return 'asks for the same fields too many times over; ask for each once, or in several requests';
  }
  return undefined;
}

/** Counts what stands in these selections, which an answer has in one place, and in what is within them. */
function spend(
  left: { pairs: number; fields: number },
  selections: readonly SelectionSetNode[],
  fragments: Fragments,
): void {
  const together = new Map<string, FieldNode[]>();
  const used = new Set<string>();
  const collect = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (left.fields < 0) return;
      if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment === undefined || used.has(selection.name.value)) continue;
        used.add(selection.name.value);
        collect(fragment.selectionSet);
      } else {
        left.fields -= 1;
        const name = (selection.alias ?? selection.name).value;
        const same = together.get(name);
        if (same === undefined) together.set(name, [selection]);
        else same.push(selection);
      }
    }
  };
  for (const set of selections) collect(set);
  for (const fields of together.values()) {
    const weight = fields.reduce((sum, field) => sum + 1 + argumentsLength(field) / CHARACTERS, 0);
    left.pairs -= ((fields.length - 1) * weight) / 2;
    if (left.pairs < 0 || left.fields < 0) return;
    const inner = fields.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
    if (inner.length > 0) spend(left, inner, fragments);
  }
}

function argumentsLength({ arguments: given = [] }: FieldNode): number {
  const [first, last] = [given[0]?.loc, given.at(-1)?.loc];
  return first === undefined || last === undefined ? 0 : last.end - first.start;
}
