import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Card, corrupt, writeCard } from '../card.ts';
import { readSafetensors, writeSafetensors } from '../safetensors.ts';
import type { ParameterShape } from './network.ts';

export { corrupt as unreadable } from '../card.ts';

/** Holds every parameter by its name and shape, F32. */
const ARRAYS_FILE = 'encoder.safetensors';

const lengthOf = ({ shape }: ParameterShape) => shape.reduce((product, n) => product * n, 1);

/** Writes the directory of a trained encoder of dense parameters. @throws the file system's error */
export async function saveNumbers(
  dir: string,
  card: Card,
  parameters: readonly ParameterShape[],
  numbers: (name: string) => Float32Array,
): Promise<void> {
  await mkdir(dir, { recursive: true });
  await writeSafetensors(
    join(dir, ARRAYS_FILE),
    Object.fromEntries(parameters.map(({ name }) => [name, numbers(name)])),
    {
      shapes: Object.fromEntries(parameters.map(({ name, shape }) => [name, shape])),
      metadata: { kind: card.kind },
    },
  );
  await writeCard(dir, card, [ARRAYS_FILE]);
}

/** @returns the numbers by name. @throws QuartetError CORRUPT_ARTIFACT when one is missing or has another shape */
export async function loadNumbers(
  dir: string,
  parameters: readonly ParameterShape[],
): Promise<(name: string) => Float32Array> {
  const path = join(dir, ARRAYS_FILE);
  const { arrays } = await readSafetensors(path);
  const numbers = new Map<string, Float32Array>();
  for (const parameter of parameters) {
    const array = arrays[parameter.name];
    if (!(array instanceof Float32Array) || array.length !== lengthOf(parameter)) {
      throw corrupt(
        path,
        `it has ${array?.length ?? 'no'} numbers in ${parameter.name}, the card says [${parameter.shape.join(', ')}]`,
      );
    }
    numbers.set(parameter.name, array);
  }
  return (name) => numbers.get(name) as Float32Array;
}

/** Whether a number of a card can be a width. */
export function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0;
}
