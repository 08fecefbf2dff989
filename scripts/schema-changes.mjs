// Tells what a change of schema.graphql means to clients that are out there: breaking, dangerous or safe.
// Usage: node scripts/schema-changes.mjs [GIT-REF]   (default: the last commit). Exit status 1 when something breaks.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, findBreakingChanges, findDangerousChanges } from 'graphql';
import { contractOf } from './schema-contract.mjs';

/**
 * @param {string} before @param {string} after texts of two schemas
 * @returns {{breaking: string[], dangerous: string[], safe: string[]}} what clients must be changed for, what they might notice, and
 *   what is new to them
 */
export function schemaChanges(before, after) {
  const [old, next] = [buildSchema(before), buildSchema(after)];
  const known = new Set(contractOf(before).split('\n'));
  const breaking = findBreakingChanges(old, next).map(({ description }) => description);
  const dangerous = findDangerousChanges(old, next).map(({ description }) => description);
  const told = [...breaking, ...dangerous].join(' ');
  const isTold = (line) => told.includes(line.split(/[:(]/)[0]);
  const safe = contractOf(after)
    .split('\n')
    .filter((line) => !known.has(line) && !isTold(line));
  return { breaking, dangerous, safe };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const before = execFileSync('git', ['show', `${process.argv[2] ?? 'HEAD'}:schema.graphql`], {
    cwd: root,
    encoding: 'utf8',
  });
  const changes = schemaChanges(before, readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'));
  for (const [kind, lines] of Object.entries(changes))
    for (const line of lines) console.log(`${kind.padEnd(9)} ${line}`);
  if (changes.breaking.length > 0) process.exitCode = 1;
}
