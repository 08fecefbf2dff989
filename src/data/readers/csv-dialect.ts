import { peek, readBytes, type Source } from './source.ts';

/** What tells one kind of CSV from another. */
export interface CsvDialect {
  readonly delimiter: string;
  /** Lines end with a lone CR, as spreadsheets on a Mac still write them. */
  readonly returnEnds: boolean;
}

const HEAD_BYTES = 64 * 1024;
/** By rank: a file whose header has a comma is comma-separated, whatever else is in its names. */
const DELIMITERS = [',', ';', '\t', '|'];

/** Tells the dialect from the head of a file; of a header without any delimiter, it is the comma. */
export async function detectDialect(source: Source): Promise<CsvDialect> {
  const head = (await peek(source, HEAD_BYTES)).toString('latin1');
  const returnEnds = !head.includes('\n') && head.includes('\r');
  // Without quoted names: those may hold anything.
  const [first = ''] = head.replaceAll(/(?<=^|[,;\t|\r\n])"[^"]*"/g, '').split(returnEnds ? '\r' : '\n');
  const counts = DELIMITERS.map((delimiter) => first.split(delimiter).length - 1);
  const best = (counts[0] as number) > 0 ? 0 : counts.indexOf(Math.max(...counts));
  return { delimiter: DELIMITERS[best] as string, returnEnds };
}

/** The bytes of a file, its lines ended by LF. */
export async function* newlineEnded(source: Source, { returnEnds }: CsvDialect): AsyncGenerator<Buffer, void, void> {
  for await (const chunk of readBytes(source)) {
    if (returnEnds) for (let at = chunk.indexOf(13); at !== -1; at = chunk.indexOf(13, at + 1)) chunk[at] = 10;
    yield chunk;
  }
}
