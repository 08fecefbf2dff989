import { loadTensors } from '../../src/tensor/backend.ts';
import { trainerSuite } from './trainer-suite.ts';

trainerSuite(await loadTensors('wasm'));
