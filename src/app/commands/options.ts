import { Command, InvalidArgumentError } from 'commander';

/** A command that talks to a server: every one of them takes these. */
export function clientCommand(name: string): Command {
  return new Command(name)
    .option(
      '--url <url>',
      'server to use, e.g. http://127.0.0.1:4000 (default: the one running on the data directory, else one started for this command)',
    )
    .option('--key <key>', "key of that server (default: $QUARTET_KEY, else the data directory's own)")
    .option('--data <dir>', 'data directory (default: $QUARTET_DATA, else .quartet)')
    .option('--json', 'one JSON value on standard output and nothing else, also for errors');
}

/** Parses a whole number; bounds are the server's to check and name. */
export function whole(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || text.trim() === '') throw new InvalidArgumentError('It must be a whole number.');
  return value;
}

/** Parses an object given as JSON; what may be in it is the server's to say. */
export function jsonObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Named below like everything else that is no object.
  }
  throw new InvalidArgumentError(`It must be a JSON object, e.g. '{"label": {"eq": "billing"}}'.`);
}

export function decimal(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || text.trim() === '') throw new InvalidArgumentError('It must be a number.');
  return value;
}

/** Parses `32,64`. */
export function wholes(text: string): number[] {
  return text.split(',').map(whole);
}

/** A name as the API's enums spell it: `sampled-info-nce` is SAMPLED_INFO_NCE, `ndcgAt10` is NDCG_AT_10. */
export function asEnum(name: string): string {
  return name
    .replace(/([a-z])([A-Z0-9])/g, '$1_$2')
    .replaceAll('-', '_')
    .toUpperCase();
}

/** Collects an option that may be given several times. */
export function several(text: string, sofar: readonly string[] | undefined): string[] {
  return [...(sofar ?? []), text];
}

/** The given entries of an object, without those that are undefined. */
export function given<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** Examples at the end of a command's help. */
export function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;
}
