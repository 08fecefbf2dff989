import { loadTensors } from '../../src/tensor/backend.ts';
import { resumeSuite } from './resume-suite.ts';

resumeSuite(await loadTensors('wasm'));
