import { basename, dirname } from 'node:path';

/**
 * What of a path an error tells: its last two parts, so an artifact and a file of it. Errors go to whoever asked over the network, who is
 * not to learn where a server keeps its files; an operator finds them by that in the folder of artifacts.
 */
export function shownPath(path: string): string {
  return `${basename(dirname(path))}/${basename(path)}`;
}
