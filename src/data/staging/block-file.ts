import { closeSync, openSync, writeSync } from 'node:fs';

const BLOCK_CHARACTERS = 256 * 1024;

/**
 * A text file written in blocks with blocking calls: the simplest backpressure there is, fit for a child process only.
 */
export class BlockFile {
  readonly #fd: number;
  #block = '';

  /** Replaces the file. */
  constructor(path: string) {
    this.#fd = openSync(path, 'w');
  }

  write(text: string): void {
    this.#block += text;
    if (this.#block.length > BLOCK_CHARACTERS) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#fd);
  }

  #flush(): void {
    const bytes = Buffer.from(this.#block);
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#fd, bytes, done);
    this.#block = '';
  }
}
