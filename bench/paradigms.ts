import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Cell, cellsOf, fewOf } from './paradigms/cells.ts';
import { ARENAS, type DataName, FILES } from './paradigms/data.ts';
import type { CellResult, CellTask } from './paradigms/run-cell.ts';
import { type Row, tableOf } from './paradigms/table.ts';
import type { Bench } from './run.ts';

const ALL_DATA = fileURLToPath(new URL('../../shared/data', import.meta.url));

/**
 * The four paradigms by number of negatives: quality (nDCG@10, or accuracy of a kNN vote), seconds of training and peak memory of each cell,
 * three seeds. All cells of one data see equally many pairs at one learning rate, so what differs is where the negatives come from,
 * but for in-batch negatives, where the batch is as large as the negatives want it and steps are as many fewer. One JSON line a cell;
 * the table at the end goes to standard error. `--quick`: one seed, fewer cells and epochs;
 * `--only memory --negatives 256,4096`: these cells alone.
 */
export const bench: Bench = async (args, print) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string', default: 'medquad' },
      folder: { type: 'string', default: ALL_DATA },
      quick: { type: 'boolean', default: false },
      seeds: { type: 'string' },
      epochs: { type: 'string' },
      only: { type: 'string', default: '' },
      negatives: { type: 'string' },
      backend: { type: 'string', default: 'auto' },
    },
  });
  const data = values.data as DataName;
  if (!Object.hasOwn(ARENAS, data)) throw new Error(`--data is one of ${Object.keys(ARENAS).join(', ')}`);
  const { metric, grid, training } = ARENAS[data];
  const seeds = Array.from({ length: Number(values.seeds ?? (values.quick ? 1 : 3)) }, (_, i) => i + 1);
  const epochs = Number(values.epochs ?? (values.quick ? 1 : training.epochs));
  const counts = values.negatives?.split(',');
  const cells = cellsOf(grid).filter(
    ({ paradigm, negatives }) => paradigm.includes(values.only) && (counts?.includes(String(negatives)) ?? true),
  );
  const rows: Row[] = [];
  for (const cell of values.quick ? fewOf(cells) : cells) {
    const task = { data, cell, seeds, training: { ...training, epochs }, backend: values.backend as 'auto' };
    const result = await runCell({ ...task, path: join(values.folder, FILES[data]) });
    rows.push({ cell, result });
    print({ data, metric, ...lineOf(cell, result), epochs, backend: values.backend });
  }
  console.error(tableOf(metric, rows));
};

function lineOf({ paradigm, negatives, variant, batchSize }: Cell, { quality, seconds, ...rest }: CellResult) {
  const mean = quality.reduce((sum, one) => sum + one, 0) / quality.length;
  const spread = Math.sqrt(quality.reduce((sum, one) => sum + (one - mean) ** 2, 0) / Math.max(1, quality.length - 1));
  return {
    paradigm,
    negatives,
    ...(variant === undefined ? {} : { variant }),
    batch: batchSize,
    quality: round(mean),
    spread: round(spread),
    bySeed: quality.map(round),
    seconds: Number(seconds.toFixed(1)),
    ...rest,
    untrained: round(rest.untrained),
  };
}

function runCell(task: CellTask): Promise<CellResult> {
  const child = fork(new URL('paradigms/run-cell.ts', import.meta.url), [JSON.stringify(task)], { stdio: 'pipe' });
  let complaint = '';
  child.stderr?.on('data', (chunk) => {
    complaint = (complaint + chunk).slice(-4_000);
  });
  return new Promise((resolve, reject) => {
    let result: CellResult | undefined;
    child.once('message', (message) => {
      result = message as CellResult;
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (result !== undefined) resolve(result);
      else
        reject(
          new Error(`${task.cell.paradigm} with ${task.cell.negatives} ended with ${signal ?? code}: ${complaint}`),
        );
    });
  });
}

function round(value: number): number {
  return Number(value.toFixed(4));
}
