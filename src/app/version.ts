import { readFileSync } from 'node:fs';

const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');

/** Of this package, e.g. `0.1.0`. */
export const VERSION = (JSON.parse(manifest) as { version: string }).version;
