import type { MiningSpec } from '../../src/domain/mining.ts';
import type { TrainingConfig } from '../../src/domain/training.ts';
import type { House, Trained } from './house.ts';

/** What decides a training, beside its seed. */
export interface Recipe {
  readonly epochs: number;
  /** Mined negatives of each query that join its batch. */
  readonly columns: number;
  readonly mining: MiningSpec;
  config(of: { readonly epochs: number; readonly hardNegatives: number; readonly refreshes: number }): TrainingConfig;
}

export interface Variant {
  readonly name: string;
  train(house: House): Promise<Trained>;
}

/** In-batch negatives alone. */
export function alone({ epochs, config }: Recipe): Variant {
  return {
    name: 'in-batch alone',
    train: (house) => house.train(config({ epochs, hardNegatives: 0, refreshes: 0 }), null),
  };
}

/** One training that mines so often on its way: an asynchronous refinement. */
export function onTheWay({ epochs, columns, config }: Recipe, rounds: number): Variant {
  return {
    name: `mined ${rounds} x on the way`,
    train: (house) => house.train(config({ epochs, hardNegatives: columns, refreshes: rounds }), null),
  };
}

/** So many trainings more, each from the start, that share the steps of one: a refinement. */
export function fromTheStart({ epochs, columns, mining, config }: Recipe, rounds: number): Variant {
  return {
    name: `${rounds} round(s), each from the start`,
    async train(house) {
      const share = Math.max(1, Math.round(epochs / (rounds + 1)));
      let trained = await house.train(config({ epochs: share, hardNegatives: 0, refreshes: 0 }), null);
      let { steps } = trained;
      for (let round = 0; round < rounds; round++) {
        const { negatives } = await house.mine(trained.encoderDir, mining);
        trained = await house.train(config({ epochs: share, hardNegatives: columns, refreshes: 0 }), negatives);
        steps += trained.steps;
      }
      return { ...trained, steps };
    },
  };
}

/** Mined with a fully trained encoder, then as many steps again: not equal steps, but all that one round can give. */
export function afterAll({ epochs, columns, mining, config }: Recipe): Variant {
  return {
    name: 'negatives of a full training, twice the steps in all',
    async train(house) {
      const full = await house.train(config({ epochs, hardNegatives: 0, refreshes: 0 }), null);
      const { negatives } = await house.mine(full.encoderDir, mining);
      const again = await house.train(config({ epochs, hardNegatives: columns, refreshes: 0 }), negatives);
      return { ...again, steps: full.steps + again.steps };
    },
  };
}
