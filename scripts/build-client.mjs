// Bundles src/client into dist/client.js, one module for browsers and Node: what `quartet/client` is and /client.js serves.
import { mkdirSync, renameSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export const CLIENT_BUNDLE = fileURLToPath(new URL('../dist/client.js', import.meta.url));

/** @param outfile written in one go @returns esbuild's account of what went in */
export async function buildClient(outfile = CLIENT_BUNDLE) {
  mkdirSync(fileURLToPath(new URL('.', pathToFileURL(outfile))), { recursive: true });
  const temporary = `${outfile}.${process.pid}`;
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL('../src/client/index.ts', import.meta.url))],
    outfile: temporary,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    metafile: true,
    logLevel: 'error',
  });
  renameSync(temporary, outfile);
  return metafile;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildClient();
