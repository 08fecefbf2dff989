import type { MiningSpec } from '../../src/domain/mining.ts';
import type { TrainingConfig } from '../../src/domain/training.ts';
import type { House, Trained } from './house.ts';

/** What decides a training, beside its seed. */
export interface Recipe {
  readonly epochs: number;
  /** Mined negatives of each query that join its batch. */
  readonly columns: number;
  readonly mining: MiningSpec;
  /** @param of.steps at most so many; null: as many as the epochs have */
  config(of: {
    readonly epochs: number;
    readonly steps: number | null;
    readonly hardNegatives: number;
    readonly refreshes: number;
  }): TrainingConfig;
}

export interface Variant {
  readonly name: string;
  train(house: House): Promise<Trained>;
}

/** In-batch negatives alone. */
export function alone({ epochs, config }: Recipe): Variant {
  return {
    name: 'in-batch alone',
    train: (house) => house.train(config({ epochs, steps: null, hardNegatives: 0, refreshes: 0 }), null),
  };
}

/** One training that mines so often on its way: an asynchronous refinement. */
export function onTheWay({ epochs, columns, config }: Recipe, rounds: number): Variant {
  return {
    name: `mined ${rounds} x on the way`,
    train: (house) => house.train(config({ epochs, steps: null, hardNegatives: columns, refreshes: rounds }), null),
  };
}

/** So many trainings more, each from the start, that share the steps of one to the last step: a refinement. */
export function fromTheStart({ epochs, columns, mining, config }: Recipe, rounds: number): Variant {
  return {
    name: `${rounds} round(s), each from the start`,
    async train(house) {
      const total = await house.totalSteps(config({ epochs, steps: null, hardNegatives: 0, refreshes: 0 }));
      const upTo = (training: number) => Math.round((total * training) / (rounds + 1));
      // Its own steps, not epochs, end a training: a third of ten epochs is no whole number of them.
      const share = (training: number, hardNegatives: number) =>
        config({ epochs, steps: upTo(training + 1) - upTo(training), hardNegatives, refreshes: 0 });
      let trained = await house.train(share(0, 0), null);
      let { steps } = trained;
      for (let round = 1; round <= rounds; round++) {
        const { negatives } = await house.mine(trained.encoderDir, mining);
        trained = await house.train(share(round, columns), negatives);
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
      const full = await house.train(config({ epochs, steps: null, hardNegatives: 0, refreshes: 0 }), null);
      const { negatives } = await house.mine(full.encoderDir, mining);
      const again = await house.train(config({ epochs, steps: null, hardNegatives: columns, refreshes: 0 }), negatives);
      return { ...again, steps: full.steps + again.steps };
    },
  };
}
