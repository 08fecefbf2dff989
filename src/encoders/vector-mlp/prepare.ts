import { QuartetError } from '../../domain/errors.ts';

/** @returns the vector itself. @throws QuartetError BAD_INPUT unless it has `inputs` finite numbers */
export function checkVector(vector: Float32Array, inputs: number): Float32Array {
  if (vector.length !== inputs) {
    throw new QuartetError(
      'BAD_INPUT',
      `a vector has ${vector.length} dimensions, this encoder reads ${inputs}: embed with the model that the encoder was trained on`,
    );
  }
  for (let at = 0; at < inputs; at++) {
    if (Number.isFinite(vector[at])) continue;
    throw new QuartetError('BAD_INPUT', `element ${at} of a vector is ${vector[at]}: it must be a finite number`);
  }
  return vector;
}
