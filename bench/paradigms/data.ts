import type { Arena } from './arena.ts';
import { cifar10 } from './cifar10.ts';
import { medquad } from './medquad.ts';

/** By the name of their folder under the data. */
export const ARENAS = { medquad, 'cifar10-10k': cifar10 } as const satisfies Record<string, Arena>;
export type DataName = keyof typeof ARENAS;

/** Their files, from the folder of all data. */
export const FILES: Readonly<Record<DataName, string>> = {
  medquad: 'medquad/medquad.jsonl.gz',
  'cifar10-10k': 'cifar10-10k/train-10000.bin.gz',
};
