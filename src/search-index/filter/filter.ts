import { QuartetError } from '../../domain/errors.ts';

/*
 * Which items a search may find. Values have a type: the number 1, the text "1" and true are three values. An attribute that is
 * a list meets a condition when one of its elements does; one that is missing or null meets none. Metadata is addressed by its
 * key, of nested objects by a path: "author.name" is `{"author": {"name": …}}`, in a list of authors the name of any of them.
 */

export type FilterValue = string | number | boolean;

/** `label`, or a path into the metadata. */
export type Attribute = 'label' | `metadata.${string}`;

/** Bounds of one value, of the bound's type: numbers by size, texts by their UTF-16 code units. At least one is given. */
export interface ValueRange {
  readonly lt?: string | number;
  readonly lte?: string | number;
  readonly gt?: string | number;
  readonly gte?: string | number;
}

export type AttributeTest =
  | { readonly kind: 'in'; readonly values: readonly FilterValue[] }
  | { readonly kind: 'range'; readonly range: ValueRange }
  /** A text holds this text, or a list this element. */
  | { readonly kind: 'contains'; readonly value: FilterValue }
  /** There is a value, be it an empty list; null is none. */
  | { readonly kind: 'exists' };

export type Filter =
  | { readonly and: readonly Filter[] }
  | { readonly or: readonly Filter[] }
  | { readonly not: Filter }
  | { readonly attribute: Attribute; readonly test: AttributeTest };

/** What a filter looks at of an item. */
export interface ItemAttributes {
  readonly label: string | null;
  readonly metadata: unknown;
}

const FILTER_BOUNDS = {
  /** and, or, not within each other. */
  depth: 16,
  /** Conditions in one filter, and values in all its `in` together. */
  conditions: 1_000,
  values: 10_000,
  /** Characters of a key or a text. */
  characters: 10_000,
} as const;

/** @throws QuartetError BAD_INPUT naming the bound that the filter breaks, or the value that nothing can be compared with */
export function requireFilter(filter: Filter): void {
  const used = { conditions: 0, values: 0 };
  visit(filter, 1, used);
}

function visit(filter: Filter, depth: number, used: { conditions: number; values: number }): void {
  if (depth > FILTER_BOUNDS.depth) throw refused(`is nested more than ${FILTER_BOUNDS.depth} deep`);
  if ('and' in filter || 'or' in filter) {
    for (const part of 'and' in filter ? filter.and : filter.or) visit(part, depth + 1, used);
    return;
  }
  if ('not' in filter) {
    visit(filter.not, depth + 1, used);
    return;
  }
  const { attribute, test } = filter;
  if (++used.conditions > FILTER_BOUNDS.conditions)
    throw refused(`has more than ${FILTER_BOUNDS.conditions} conditions`);
  if (attribute === 'metadata.' || attribute.length > FILTER_BOUNDS.characters) {
    throw refused(
      `names a metadata key of ${attribute.length - 9} characters; 1 to ${FILTER_BOUNDS.characters} are right`,
    );
  }
  const values = valuesOf(test);
  used.values += values.length;
  if (used.values > FILTER_BOUNDS.values) throw refused(`has more than ${FILTER_BOUNDS.values} values`);
  for (const value of values) requireValue(value);
  if (test.kind === 'range') requireRange(test.range);
}

function valuesOf(test: AttributeTest): readonly FilterValue[] {
  if (test.kind === 'in') return test.values;
  if (test.kind === 'contains') return [test.value];
  return test.kind === 'range' ? Object.values(test.range) : [];
}

function requireValue(value: unknown): void {
  if (typeof value === 'string') {
    if (value.length > FILTER_BOUNDS.characters)
      throw refused(`has a text of ${value.length} characters; up to ${FILTER_BOUNDS.characters} are right`);
  } else if (typeof value !== 'boolean' && !(typeof value === 'number' && Number.isFinite(value))) {
    throw refused(`compares with ${JSON.stringify(value)}; a text, a finite number, true or false is right`);
  }
}

function requireRange(range: ValueRange): void {
  const types = new Set(Object.values(range).map((bound) => typeof bound));
  if (types.size !== 1 || types.has('boolean')) {
    throw refused(`has the bounds ${JSON.stringify(range)}; lt, lte, gt and gte take numbers only, or texts only`);
  }
}

function refused(flaw: string): QuartetError {
  return new QuartetError('BAD_INPUT', `the filter ${flaw}`, { field: ['input', 'filter'] });
}

/** Whether a value lies within a range of its own type. */
export function isWithin(value: FilterValue, { lt, lte, gt, gte }: ValueRange): boolean {
  const type = typeof (lt ?? lte ?? gt ?? gte);
  if (typeof value !== type) return false;
  return (
    (lt === undefined || value < lt) &&
    (lte === undefined || value <= lte) &&
    (gt === undefined || value > gt) &&
    (gte === undefined || value >= gte)
  );
}
