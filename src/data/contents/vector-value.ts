import { MAX_VECTOR_WIDTH } from '../limits.ts';
import { base64Bytes } from './base64.ts';

export type Parsed = { readonly bytes: Buffer } | { readonly fault: string };

/**
 * A vector as files hold it: a list of numbers, the text of one, or the base64 of little-endian float32. The text may be JSON, or numbers with
 * spaces, commas or semicolons between them, in brackets (as numpy and pgvector print it), in braces (an array of PostgreSQL) or in none.
 * @returns float32 numbers, little-endian; every one finite, not all zero
 */
export function parseVector(value: unknown): Parsed {
  const numbers = typeof value === 'string' ? ofText(value.trim()) : value;
  if (numbers instanceof Float32Array) return checked(numbers);
  if (!Array.isArray(numbers)) return { fault: 'is neither a list of numbers nor base64 of float32 numbers' };
  const wrong = numbers.findIndex((number) => typeof number !== 'number');
  if (wrong >= 0) return { fault: `holds ${JSON.stringify(numbers[wrong])?.slice(0, 40)} at ${wrong}, not a number` };
  return checked(Float32Array.from(numbers as number[]));
}

function ofText(text: string): unknown {
  const inside = /^\[(.*)\]$|^\{(.*)\}$/s.exec(text);
  if (inside !== null) {
    try {
      return JSON.parse(text);
    } catch {
      return separated(inside[1] ?? (inside[2] as string));
    }
  }
  // Base64 of four numbers or more has letters; a number has none but e.
  const numbers = separated(text);
  if (numbers !== null) return numbers;
  const bytes = base64Bytes(text);
  if (bytes === null || bytes.length % 4 !== 0) return null;
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
}

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
/** Words for what is no finite number, which is a fault to be told as one. */
const NOT_FINITE = /^[-+]?(nan|inf|infinity)$/i;

/** @returns null unless all parts are numbers, or words for none */
function separated(text: string): number[] | null {
  const numbers: number[] = [];
  for (const part of text.trim().split(/\s*[,;]\s*|\s+/)) {
    if (NUMBER.test(part)) numbers.push(Number(part));
    else if (NOT_FINITE.test(part)) numbers.push(Number.NaN);
    else return null;
  }
  return numbers;
}

function checked(numbers: Float32Array): Parsed {
  if (numbers.length === 0) return { fault: 'is a vector without a number' };
  if (numbers.length > MAX_VECTOR_WIDTH) {
    return { fault: `is a vector of ${numbers.length} numbers, at most ${MAX_VECTOR_WIDTH} are allowed` };
  }
  const wrong = numbers.findIndex((number) => !Number.isFinite(number));
  if (wrong >= 0) return { fault: `has a number at ${wrong} that is not finite as float32` };
  if (numbers.every((number) => number === 0)) return { fault: 'is zero, and a zero vector has no direction' };
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, i) => {
    bytes.writeFloatLE(number, 4 * i);
  });
  return { bytes };
}
