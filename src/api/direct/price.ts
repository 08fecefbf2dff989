import {
  type FieldNode,
  type GraphQLCompositeType,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  isCompositeType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { priceOfField } from '../limits/prices.ts';
import { type Compiling, NotCompiled } from './compiling.ts';
import type { Run } from './run.ts';

/** Points that a run of a document costs. */
export type Price = (run: Run) => number;

/** Fields of a document, fragments counted where they are used: of more nothing is made ahead. */
const MOST_SELECTIONS = 2_000;

/** The price of a selection, of which only what depends on variables is left to do. `costOf` of limits/prices.ts counts the same. */
export function compilePrice(compiling: Compiling, type: GraphQLObjectType, selections: SelectionSetNode): Price {
  const price = priceOfSelections({ ...compiling, left: { selections: MOST_SELECTIONS } }, type, selections);
  return typeof price === 'number' ? () => price : price;
}

type Pricing = Compiling & { readonly left: { selections: number } };

function priceOfSelections(
  pricing: Pricing,
  type: GraphQLCompositeType,
  { selections }: SelectionSetNode,
): number | Price {
  if (!isObjectType(type)) throw new NotCompiled(`${type.name} is one of several types`);
  let constant = 0;
  const varying: Price[] = [];
  for (const selection of selections) {
    if (pricing.left.selections-- === 0) throw new NotCompiled('too large');
    if (!isAsked(pricing, selection)) continue;
    const price = priceOf(pricing, type, selection);
    if (typeof price === 'number') constant += price;
    else varying.push(price);
  }
  return varying.length === 0 ? constant : (run) => varying.reduce((sum, price) => sum + price(run), constant);
}

function priceOf(pricing: Pricing, type: GraphQLObjectType, selection: SelectionNode): number | Price {
  if (selection.kind === Kind.FIELD) return fieldPrice(pricing, type, selection);
  const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? pricing.fragments[selection.name.value] : selection;
  const condition = fragment?.typeCondition?.name.value ?? type.name;
  if (fragment === undefined || condition !== type.name) throw new NotCompiled(`a part for ${condition}`);
  return priceOfSelections(pricing, type, fragment.selectionSet);
}

function fieldPrice(pricing: Pricing, type: GraphQLObjectType, node: FieldNode): number | Price {
  const field = type.getFields()[node.name.value];
  // __typename; what else the schema tells about itself is not compiled.
  if (field === undefined) return 0;
  const named = getNamedType(field.type);
  const inner = isCompositeType(named) && node.selectionSet ? priceOfSelections(pricing, named, node.selectionSet) : 0;
  const given = pricing.fieldArguments.of(field, node);
  const own = priceOfField(type, field);
  if (given.kind === 'constant' && typeof inner === 'number') return own(given.values, inner);
  return (run) =>
    own(given.kind === 'constant' ? given.values : given.of(run), typeof inner === 'number' ? inner : inner(run));
}

function isAsked({ conditions }: Pricing, node: SelectionNode): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, node, conditions)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, conditions)?.if !== false;
}
