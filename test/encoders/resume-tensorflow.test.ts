import { test } from 'node:test';
import { loadTensors } from '../../src/tensor/backend.ts';
import { resumeSuite } from './resume-suite.ts';

// A process has one backend, so each has a file of its own.
const tensors = await loadTensors('tensorflow').catch((error: Error) => error);
if (tensors instanceof Error) test('resuming on tensorflow', { skip: tensors.message }, () => undefined);
else resumeSuite(tensors);
