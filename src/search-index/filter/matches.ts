import { eachValue } from './attribute-values.ts';
import { type AttributeTest, type Filter, type FilterValue, type ItemAttributes, isWithin } from './filter.ts';

/**
 * Whether one item passes a filter: what `AttributeIndex.select` finds for many, without an index. For items that are in none
 * yet, or have changed since.
 */
export function matches(filter: Filter, item: ItemAttributes): boolean {
  if ('and' in filter) return filter.and.every((part) => matches(part, item));
  if ('or' in filter) return filter.or.some((part) => matches(part, item));
  if ('not' in filter) return !matches(filter.not, item);
  const { attribute, test } = filter;
  let found = false;
  eachValue(item, (path, value, element) => {
    if (path === attribute) found ||= meets(test, value, element);
  });
  return found;
}

function meets(test: AttributeTest, value: FilterValue | undefined, element: boolean): boolean {
  if (test.kind === 'exists') return true;
  if (value === undefined) return false;
  if (test.kind === 'in') return test.values.includes(value);
  if (test.kind === 'range') return isWithin(value, test.range);
  if (element) return value === test.value;
  return typeof value === 'string' && typeof test.value === 'string' && value.includes(test.value);
}
