import { QuartetError } from '../../domain/errors.ts';
import type { NamedArrays } from '../encoder.ts';

/**
 * Fills arrays from the saved ones of the same names.
 * @param owner whose state it is, for the error
 * @throws QuartetError CORRUPT_ARTIFACT when one is missing or has another length
 */
export function restoreArrays(owner: string, own: NamedArrays, saved: NamedArrays): void {
  for (const [name, target] of Object.entries(own)) {
    const source = saved[name];
    if (source?.length !== target.length) {
      throw new QuartetError(
        'CORRUPT_ARTIFACT',
        `the state of ${owner} has ${source?.length ?? 'no'} numbers in ${name}, this encoder needs ${target.length}: it belongs to another vocabulary or width`,
      );
    }
    target.set(source);
  }
}
