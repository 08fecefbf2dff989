import { totalmem } from 'node:os';
import { QuartetError } from '../../domain/errors.ts';

const GIBIBYTE = 2 ** 30;

/**
 * Refuses what would take more than half of the memory that this process may have.
 * @param what names the thing and the numbers that make it large
 * @throws QuartetError BAD_INPUT with both figures and the remedy
 */
export function refuseBeyondMemory(bytes: number, what: string, remedy: string): void {
  // A container's limit is what counts where there is one; without one it is 0 or more than the machine has.
  const constrained = process.constrainedMemory();
  const available = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  if (bytes <= available / 2) return;
  const [needed, limit] = [bytes, available / 2].map((size) => `${(size / GIBIBYTE).toFixed(1)} GiB`);
  throw new QuartetError('BAD_INPUT', `${what} needs ${needed}, half of this machine's memory is ${limit}: ${remedy}`);
}
