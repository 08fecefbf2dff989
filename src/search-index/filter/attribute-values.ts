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

/**
 * What an item has at a path, as conditions on `metadata.PATH` find it: in nested objects, under keys that hold dots themselves, and in
 * lists of objects.
 * @returns the value, a list of them where there are several or a list was passed on the way, null for none
 */
export function valueAt(metadata: unknown, path: string): unknown {
  const found: unknown[] = [];
  const listed = collect(metadata, path, found);
  return listed || found.length > 1 ? found : (found[0] ?? null);
}

/** @returns whether a list was passed on the way to anything found */
function collect(within: unknown, path: string, found: unknown[]): boolean {
  const before = found.length;
  if (Array.isArray(within)) {
    for (const part of within) collect(part, path, found);
    return found.length > before;
  }
  if (!isObject(within)) return false;
  let listed = false;
  const under = (key: string) => (Object.hasOwn(within, key) ? (within as Record<string, unknown>)[key] : null);
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    if (collect(under(path.slice(0, dot)), path.slice(dot + 1), found)) listed = true;
  }
  const value = under(path);
  if (value !== null && value !== undefined) found.push(value);
  return listed;
}
