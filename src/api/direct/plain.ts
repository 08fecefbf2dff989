import type { FieldNode } from 'graphql';
import {
  GraphQLBoolean,
  type GraphQLField,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLString,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
} from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields.js';
import type { Compiling } from './compiling.ts';
import { Json, JsonText } from './json.ts';

/*
 * Selections that only read what is there: properties, and resolvers that are given nothing but their object. Of these the JSON is written
 * at once, without an object for each object of the answer. Where a value is not as it should be (a null where none may be, a
 * promise, what a scalar refuses), nothing is written and the ordinary way finds out what is to be said about it.
 */

/** @throws Unwritable */
type Writer = (value: unknown, text: JsonText) => void;

class Unwritable extends Error {}

/** Types whose objects are kept between requests (services/item-cache.ts) and never change: neither does their JSON. */
const KEPT: ReadonlySet<string> = new Set(['Item']);
/** Characters of such JSON that a selection remembers. */
const REMEMBERED = 32 * 2 ** 20;
/** Values in a row that could not be written, after which none is tried. */
const MOST_FAILURES = 8;

/** @returns null for a selection that does more than read; else what writes a value, which gives null where it can't */
export function compilePlain(
  compiling: Compiling,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
): ((value: unknown) => Json | null) | null {
  const write = writerOf(compiling, type, nodes);
  if (write === null) return null;
  let failures = 0;
  return (value) => {
    if (failures > MOST_FAILURES) return null;
    const text = new JsonText();
    try {
      write(value, text);
      failures = 0;
      return new Json(text.take());
    } catch {
      // Also what a resolver or a scalar throws: it will again, where its place is known.
      failures++;
      return null;
    }
  };
}

function writerOf(compiling: Compiling, type: GraphQLOutputType, nodes: readonly FieldNode[]): Writer | null {
  const nullable = getNullableType(type) as GraphQLOutputType;
  const write = isLeafType(nullable)
    ? leafWriter(nullable)
    : isListType(nullable)
      ? listWriter(writerOf(compiling, nullable.ofType, nodes))
      : isObjectType(nullable)
        ? objectWriter(compiling, nullable, nodes)
        : null;
  if (write === null) return null;
  const mayBeNull = nullable === type;
  return (value, text) => {
    if (value !== null && value !== undefined) return write(value, text);
    if (!mayBeNull) throw new Unwritable();
    text.add('null');
  };
}

function objectWriter(compiling: Compiling, type: GraphQLObjectType, nodes: readonly FieldNode[]): Writer | null {
  const { schema, fragments, conditions } = compiling;
  const writers: Writer[] = [];
  for (const [key, fieldNodes] of collectSubfields(schema, fragments, conditions, type, nodes)) {
    const name = fieldNodes[0]?.name.value as string;
    const before = `${writers.length === 0 ? '{' : ','}${JSON.stringify(key)}:`;
    if (name === '__typename') {
      const text = `${before}${JSON.stringify(type.name)}`;
      writers.push((_value, into) => into.add(text));
      continue;
    }
    const field = type.getFields()[name];
    const read = field === undefined ? null : readerOf(field);
    const write = field === undefined ? null : writerOf(compiling, field.type, fieldNodes);
    if (read === null || write === null) return null;
    writers.push((value, text) => {
      text.add(before);
      write(read(value), text);
    });
  }
  const write: Writer = (value, text) => {
    if (typeof value !== 'object' || value instanceof Error || 'then' in (value as object)) throw new Unwritable();
    for (const one of writers) one(value, text);
    text.add('}');
  };
  return KEPT.has(type.name) ? remembering(write) : write;
}

function remembering(write: Writer): Writer {
  let known = new WeakMap<object, string>();
  let characters = 0;
  return (value, text) => {
    let json = known.get(value as object);
    if (json === undefined) {
      const own = new JsonText();
      write(value, own);
      // By way of bytes: as one run of characters, and not as the tree of its parts.
      json = Buffer.from(own.take().join('')).toString();
      characters += json.length;
      if (characters > REMEMBERED) {
        known = new WeakMap();
        characters = json.length;
      }
      known.set(value as object, json);
    }
    text.add(json);
  };
}

function readerOf({ name, resolve }: GraphQLField<unknown, unknown>): ((source: unknown) => unknown) | null {
  if (resolve === undefined) return (source) => (source as Readonly<Record<string, unknown>>)[name];
  return resolve.length > 1 ? null : (resolve as unknown as (source: unknown) => unknown);
}

function listWriter(write: Writer | null): Writer | null {
  if (write === null) return null;
  return (value, text) => {
    if (!Array.isArray(value)) throw new Unwritable();
    text.add('[');
    for (let at = 0; at < value.length; at++) {
      if (at > 0) text.add(',');
      write(value[at], text);
    }
    text.add(']');
  };
}

function leafWriter(type: GraphQLLeafType): Writer {
  const isText = type === GraphQLString || type === GraphQLID;
  const isNumber = type === GraphQLFloat;
  return (value, text) => {
    if (isText && typeof value === 'string') return text.add(JSON.stringify(value));
    if (isNumber && Number.isFinite(value)) return text.add(String(value));
    if (type === GraphQLInt && (value as number) === ((value as number) | 0)) return text.add(String(value));
    if (type === GraphQLBoolean && typeof value === 'boolean') return text.add(value ? 'true' : 'false');
    if (value instanceof Error || typeof value === 'function') throw new Unwritable();
    const json = JSON.stringify(type.serialize(value));
    if (json === undefined || json === 'null') throw new Unwritable();
    text.add(json);
  };
}
