import { endianness } from 'node:os';
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { DateTimeResolver, JSONResolver, SafeIntResolver } from 'graphql-scalars';

const LARGEST_VECTOR = 16_384;

/**
 * A vector as a list of numbers or as base64 of little-endian float32, from variables only: in the query text a thousand
 * numbers would be parsed token by token and defeat every cache keyed by the text.
 */
const vectorScalar = new GraphQLScalarType<Float32Array, readonly number[] | string>({
  name: 'Vector',
  serialize: (value) => value as readonly number[] | string,
  parseValue: parseVector,
  parseLiteral: () => {
    throw refused(
      'A vector is taken from variables only: write `$vector` in the query and send the numbers as its value.',
    );
  },
});

function parseVector(value: unknown): Float32Array {
  const vector = typeof value === 'string' ? fromBase64(value) : fromList(value);
  if (vector.length < 1 || vector.length > LARGEST_VECTOR) {
    throw refused(`A vector of ${vector.length} numbers is refused; 1 to ${LARGEST_VECTOR} are taken.`);
  }
  for (let i = 0; i < vector.length; i++) {
    if (!Number.isFinite(vector[i])) throw refused(`Number ${i} of the vector is not a finite float32 value.`);
  }
  return vector;
}

function fromList(value: unknown): Float32Array {
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === 'number')) {
    throw refused('A vector is a list of numbers or the base64 text of little-endian float32 values.');
  }
  return Float32Array.from(value);
}

function fromBase64(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  // Node passes over what is no base64, and takes the alphabet for addresses too.
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const isWhole = bytes.length === Math.floor(((text.length - padding) * 3) / 4);
  if (!isWhole || text.includes('-') || text.includes('_')) {
    throw refused('The vector is not valid base64 text (RFC 4648, section 4).');
  }
  if (bytes.length % 4 !== 0) {
    throw refused(`The vector has ${bytes.length} bytes; float32 values take a multiple of 4.`);
  }
  if (endianness() === 'BE') bytes.swap32();
  // A copy of its own: small buffers share their memory.
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** Shortest decimal that gives back the same float32: half the text of the float64 it would print as. */
export function toList(vector: Float32Array): number[] {
  return Array.from(vector, (value) => Number(value.toPrecision(9)));
}

export function toBase64(vector: Float32Array): string {
  const bytes = Buffer.alloc(4 * vector.length);
  for (let i = 0; i < vector.length; i++) bytes.writeFloatLE(vector[i] as number, 4 * i);
  return bytes.toString('base64');
}

const filterValueScalar = new GraphQLScalarType<string | number | boolean, string | number | boolean>({
  name: 'FilterValue',
  serialize: parseFilterValue,
  parseValue: parseFilterValue,
  parseLiteral: (node) => {
    if (node.kind === Kind.INT || node.kind === Kind.FLOAT) return parseFilterValue(Number(node.value));
    if (node.kind === Kind.STRING || node.kind === Kind.BOOLEAN) return node.value;
    throw refused('A filter compares with a text, a finite number, true or false.');
  },
});

function parseFilterValue(value: unknown): string | number | boolean {
  if (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
  ) {
    return value;
  }
  throw refused('A filter compares with a text, a finite number, true or false.');
}

function refused(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_INPUT' } });
}

export const scalars = {
  DateTime: DateTimeResolver,
  JSON: JSONResolver,
  SafeInt: SafeIntResolver,
  FilterValue: filterValueScalar,
  Vector: vectorScalar,
};
