/** JSON of a part of an answer, written already. */
export class Json {
  /** One after another. */
  readonly pieces: readonly string[];

  constructor(pieces: readonly string[]) {
    this.pieces = pieces;
  }

  /** What it says, for whoever wants the value. */
  toJSON(): unknown {
    return JSON.parse(this.pieces.join(''));
  }
}

/** Longer pieces would be copied as a whole once more. */
const PIECE = 4_096;

/** Text that grows at its end. */
export class JsonText {
  readonly pieces: string[] = [];
  #last = '';

  add(text: string): void {
    this.#last += text;
    if (this.#last.length > PIECE) this.#end();
  }

  /** A value of an answer, parts that are written already included. */
  addValue(value: unknown): void {
    if (value instanceof Json) {
      this.#end();
      this.pieces.push(...value.pieces);
    } else if (Array.isArray(value)) {
      this.#addList(value);
    } else if (typeof value === 'object' && value !== null && !('toJSON' in value)) {
      this.#addObject(value as Readonly<Record<string, unknown>>);
    } else {
      this.add(JSON.stringify(value) ?? 'null');
    }
  }

  /** All of it. */
  take(): string[] {
    this.#end();
    return this.pieces;
  }

  #addList(values: readonly unknown[]): void {
    let before = '[';
    for (const value of values) {
      this.add(before);
      this.addValue(value);
      before = ',';
    }
    this.add(values.length === 0 ? '[]' : ']');
  }

  #addObject(value: Readonly<Record<string, unknown>>): void {
    let before = '{';
    for (const key of Object.keys(value)) {
      const inner = value[key];
      if (inner === undefined) continue;
      this.add(`${before}${JSON.stringify(key)}:`);
      this.addValue(inner);
      before = ',';
    }
    this.add(before === '{' ? '{}' : '}');
  }

  #end(): void {
    if (this.#last !== '') this.pieces.push(this.#last);
    this.#last = '';
  }
}
