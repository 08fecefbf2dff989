import type { DataType, Tensor, TensorInfo } from '@tensorflow/tfjs-core';

/**
 * An attribute of a TensorFlow op. Booleans, strings and lists of integers go as they are; a bare number would not say
 * whether TensorFlow wants an int or a float, and a type is a name, so these three are wrapped.
 */
export type RawAttribute =
  | boolean
  | string
  | readonly number[]
  | { readonly int: number }
  | { readonly float: number }
  | { readonly type: DataType };

/**
 * Runs one eager TensorFlow op: the way to fused kernels that the public API of tfjs does not reach, e.g.
 * `raw('SoftmaxCrossEntropyWithLogits', { T: { type: 'float32' } }, [logits, targets], 2)` for loss and gradient at once.
 * Not recorded on a tape: wrap it in `tf.customGrad` where a gradient must pass. Results belong to the present `tf.tidy`.
 * @param outputs number of tensors that the op gives
 * @throws Error with TensorFlow's own message when op, attribute or shapes do not fit
 */
export type RawOp = (
  op: string,
  attributes: Readonly<Record<string, RawAttribute>>,
  inputs: readonly TensorInfo[],
  outputs?: number,
) => Tensor[];

/** What is used of the native backend's object; its own types would pull in all of `@tensorflow/tfjs`. */
export interface NativeBackend {
  readonly binding: {
    readonly TF_Version: string;
    readonly TF_ATTR_STRING: number;
    readonly TF_ATTR_INT: number;
    readonly TF_ATTR_FLOAT: number;
    readonly TF_ATTR_BOOL: number;
    readonly TF_ATTR_TYPE: number;
  };
  readonly isUsingGpuDevice: boolean;
  getDTypeInteger(dtype: DataType): number;
  executeMultipleOutputs(op: string, attributes: NativeAttribute[], inputs: TensorInfo[], outputs: number): Tensor[];
}

interface NativeAttribute {
  name: string;
  type: number;
  value: boolean | string | number | number[];
}

export function createRawOp(backend: NativeBackend): RawOp {
  return (op, attributes, inputs, outputs = 1) => {
    const native = Object.entries(attributes).map(([name, value]) => toNative(backend, name, value));
    return backend.executeMultipleOutputs(op, native, inputs as TensorInfo[], outputs);
  };
}

function toNative(backend: NativeBackend, name: string, value: RawAttribute): NativeAttribute {
  const { binding } = backend;
  if (typeof value === 'boolean') return { name, type: binding.TF_ATTR_BOOL, value };
  if (typeof value === 'string') return { name, type: binding.TF_ATTR_STRING, value };
  if ('int' in value) return { name, type: binding.TF_ATTR_INT, value: value.int };
  if ('float' in value) return { name, type: binding.TF_ATTR_FLOAT, value: value.float };
  if ('type' in value) return { name, type: binding.TF_ATTR_TYPE, value: backend.getDTypeInteger(value.type) };
  return { name, type: binding.TF_ATTR_INT, value: [...value] };
}
