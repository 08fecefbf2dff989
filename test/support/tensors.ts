import { loadConfig } from '../../src/config/index.ts';
import { loadTensors, type Tensors } from '../../src/tensor/backend.ts';

/** The backend that this test run is for: `npm run test:wasm` sets QUARTET_BACKEND=wasm. */
export function testTensors(): Promise<Tensors> {
  return loadTensors(loadConfig().backend);
}
