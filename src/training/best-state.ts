import { copyFile, link, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { NamedArrays } from '../encoders/encoder.ts';
import { readSafetensors, writeSafetensors } from '../encoders/safetensors.ts';

/** The state at the best evaluation so far, in a file of the run's own: in memory it would double what training holds. */
export class BestState {
  readonly #path: string;
  #kept: boolean;

  private constructor(path: string, kept: boolean) {
    this.#path = path;
    this.#kept = kept;
  }

  /**
   * @param dir the run's work directory
   * @param from file of the checkpoint that is resumed, or null
   */
  static async open(dir: string, from: string | null): Promise<BestState> {
    const path = join(dir, 'best.safetensors');
    await rm(path, { force: true });
    // The checkpoint may be removed while this run goes on.
    if (from !== null) await linkOrCopy(from, path);
    return new BestState(path, from !== null);
  }

  /** The file, or null before the first `keep`. */
  get file(): string | null {
    return this.#kept ? this.#path : null;
  }

  async keep(arrays: NamedArrays): Promise<void> {
    await writeSafetensors(this.#path, arrays);
    this.#kept = true;
  }

  async read(): Promise<NamedArrays> {
    return (await readSafetensors(this.#path)).arrays;
  }
}

/** Gives a file that is never changed in place a second name; copies it where that is another volume. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}
