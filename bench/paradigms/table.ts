import { type Cell, COUNTS } from './cells.ts';
import type { CellResult } from './run-cell.ts';

export interface Row {
  readonly cell: Cell;
  readonly result: CellResult;
}

/** Markdown: a line for each paradigm or variant, a column for each number of negatives: quality, seconds, peak memory in MiB. */
export function tableOf(metric: string, rows: readonly Row[]): string {
  const counts = COUNTS.filter((count) => rows.some(({ cell }) => cell.negatives === count));
  const names = [...new Set(rows.map(({ cell }) => nameOf(cell)))];
  const entry = (name: string, count: (typeof counts)[number]) => {
    const row = rows.find(({ cell }) => nameOf(cell) === name && cell.negatives === count);
    if (row === undefined) return '';
    const { quality, seconds, peakMemoryMiB } = row.result;
    const mean = quality.reduce((sum, one) => sum + one, 0) / quality.length;
    return `${mean.toFixed(3)} (${Math.min(...quality).toFixed(3)} to ${Math.max(...quality).toFixed(3)}), ${seconds.toFixed(0)} s, ${peakMemoryMiB}`;
  };
  return [
    `| ${metric}, seconds, MiB | ${counts.map((count) => count.toLocaleString('en')).join(' | ')} |`,
    `|---${'|---'.repeat(counts.length)}|`,
    ...names.map((name) => `| ${name} | ${counts.map((count) => entry(name, count)).join(' | ')} |`),
  ].join('\n');
}

function nameOf({ paradigm, variant }: Cell): string {
  return variant === undefined ? paradigm : `${paradigm}, ${variant}`;
}
