import { QuartetError } from '../domain/errors.ts';

/** Fields that belong to one query. */
const OF_QUERY = new Set(['text', 'itemId', 'vector', 'image', 'storedVector', 'examples']);

/** @returns the error with the place of the query that it is about, for many that were sent together */
export function placed(error: unknown, at: number): unknown {
  if (!(error instanceof QuartetError)) return error;
  const [input, name = '', ...rest] = error.field ?? [];
  if (input !== 'input' || !OF_QUERY.has(name)) return error;
  const field = ['input', 'queries', String(at), name, ...rest];
  return new QuartetError(error.code, `query ${at}: ${error.message}`, { field, cause: error });
}
