/** The way to the tensor library for those who start a training or an evaluation but compute nothing with it. */
export { type BackendChoice, loadTensors, type Tensors } from '../tensor/backend.ts';
