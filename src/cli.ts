#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

// Keeps stripped and compiled modules between commands: half of the time until a command does its work.
enableCompileCache();
// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
const { main } = await import('./app/program.ts');

process.exitCode = await main(process.argv);
