import { BlockFile } from './block-file.ts';

/** A file in PostgreSQL's COPY text format. */
export class CopyFile {
  readonly #file: BlockFile;
  rows = 0;

  constructor(path: string) {
    this.#file = new BlockFile(path);
  }

  /** @param values by column; null is NULL, strings are escaped */
  add(values: readonly (string | number | null)[]): void {
    let line = '';
    for (let index = 0; index < values.length; index++) {
      const value = values[index] as string | number | null;
      if (index > 0) line += '\t';
      if (value === null) line += '\\N';
      else if (typeof value === 'number') line += value;
      else line += escaped(value);
    }
    this.#file.write(`${line}\n`);
    this.rows++;
  }

  close(): void {
    this.#file.close();
  }
}

/** A hexadecimal hash as bytea. */
export function bytea(hex: string): string {
  return `\\x${hex}`;
}

const SPECIAL = /[\\\n\r\t]/;
const NAMES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(value: string): string {
  return SPECIAL.test(value) ? value.replace(/[\\\n\r\t]/g, (character) => NAMES[character] as string) : value;
}
