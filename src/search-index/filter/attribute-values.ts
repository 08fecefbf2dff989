import type { FilterValue, ItemAttributes } from './filter.ts';

/** Takes one value of an attribute. `element`: it stood in a list. No value: something is there that can't be compared. */
export type TakeValue = (attribute: string, value: FilterValue | undefined, element: boolean) => void;

/** Deeper nesting than any filter can name is not looked at. */
const MAX_DEPTH = 32;

/** Gives every attribute of an item that is there, one call for each value; keys of nested objects are joined with dots. */
export function eachValue({ label, metadata }: ItemAttributes, take: TakeValue): void {
  if (label !== null) take('label', label, false);
  if (isObject(metadata)) descend(metadata, 'metadata', { take, element: false, depth: 0 });
}

interface Descent {
  readonly take: TakeValue;
  readonly element: boolean;
  readonly depth: number;
}

function descend(object: object, path: string, { take, element, depth }: Descent): void {
  if (depth >= MAX_DEPTH) return;
  for (const [key, value] of Object.entries(object)) {
    giveValue(value, `${path}.${key}`, { take, element, depth: depth + 1 });
  }
}

function giveValue(value: unknown, path: string, descent: Descent): void {
  if (value === null || value === undefined) return;
  const { take, element, depth } = descent;
  if (Array.isArray(value)) {
    take(path, undefined, element);
    if (depth >= MAX_DEPTH) return;
    for (const part of value) giveValue(part, path, { take, element: true, depth: depth + 1 });
  } else if (typeof value === 'object') {
    take(path, undefined, element);
    descend(value, path, descent);
  } else if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') {
    take(path, value, element);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
