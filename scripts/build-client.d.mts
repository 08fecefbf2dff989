import type { Metafile } from 'esbuild';

export const CLIENT_BUNDLE: string;
export function buildClient(outfile?: string): Promise<Metafile>;
