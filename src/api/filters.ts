import { QuartetError } from '../domain/errors.ts';
import type { Attribute, AttributeTest, Filter, FilterValue, ValueRange } from '../services/search.ts';
import type { FilterInput, LabelConditionInput, MetadataConditionInput } from './generated/resolvers.ts';

/**
 * The tree that a search understands. Its bounds are checked there, for every caller.
 * @throws QuartetError BAD_INPUT for a condition that asks nothing
 */
export function filterOf(input: FilterInput): Filter {
  const { and, or, not, label, metadata } = input;
  if (and) return { and: and.map(filterOf) };
  if (or) return { or: or.map(filterOf) };
  if (not) return { not: filterOf(not) };
  if (label) return conditionOf('label', label);
  const { key, ...tests } = metadata as MetadataConditionInput;
  return conditionOf(`metadata.${key}`, tests);
}

type Tests = LabelConditionInput | Omit<MetadataConditionInput, 'key'>;

function conditionOf(attribute: Attribute, { eq, in: values, lt, lte, gt, gte, contains, exists }: Tests): Filter {
  const tests: AttributeTest[] = [];
  if (given(eq)) tests.push({ kind: 'in', values: [eq] });
  if (given(values)) tests.push({ kind: 'in', values });
  const bounds = Object.entries({ lt, lte, gt, gte }).filter(([, bound]) => given(bound));
  if (bounds.length > 0) tests.push({ kind: 'range', range: Object.fromEntries(bounds) as ValueRange });
  if (given(contains)) tests.push({ kind: 'contains', value: contains });
  if (exists === true) tests.push({ kind: 'exists' });
  const all: Filter[] = tests.map((test) => ({ attribute, test }));
  if (exists === false) all.push({ not: { attribute, test: { kind: 'exists' } } });
  if (all.length === 0) {
    const tests = 'eq, in, lt, lte, gt, gte, contains or exists';
    throw new QuartetError('BAD_INPUT', `the condition on ${attribute} asks nothing; give it ${tests}`, {
      field: ['input', 'filter'],
    });
  }
  return all.length === 1 ? (all[0] as Filter) : { and: all };
}

function given<T extends FilterValue | readonly FilterValue[]>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
