import { loadTensors } from '../../src/tensor/backend.ts';
import { paradigmSuite } from './paradigm-suite.ts';

paradigmSuite(await loadTensors('wasm'));
