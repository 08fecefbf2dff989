import type { Command } from 'commander';
import { datasetNamed } from '../client/find.ts';
import { SEARCH, type SearchFields } from '../client/operations.ts';
import { type Session, type SessionOptions, withSession } from '../session.ts';
import { clientCommand, examples, given, jsonObject, whole } from './options.ts';

interface SearchOptions extends SessionOptions {
  readonly dataset?: string;
  readonly index?: string;
  readonly alias?: string;
  readonly k: number;
  readonly ef?: number;
  readonly filter?: object;
}

export function searchCommand(): Command {
  return clientCommand('search')
    .description('find the items nearest to a text')
    .argument('<text>', 'what to look for, in your own words')
    .option('--dataset <name>', 'search its newest index (default: the only dataset there is)')
    .option('--index <id>', 'search this index version')
    .option('--alias <name>', 'search what this alias of the dataset points at, e.g. live')
    .option('-k, --k <n>', 'hits wanted, 1 to 1000', whole, 5)
    .option('--ef <n>', 'candidates the graph search keeps: more finds more', whole)
    .option('--filter <json>', 'only items that pass, as the API takes it: FilterInput in schema.graphql', jsonObject)
    .addHelpText(
      'after',
      examples([
        'quartet search "how do I reset my password" --dataset faq',
        'quartet search "refund" --dataset faq -k 20 --json',
        `quartet search "refund" --dataset faq --filter '{"metadata": {"key": "year", "gte": 2024}}'`,
      ]),
    )
    .action((text: string, options: SearchOptions) =>
      withSession(options, (session) => search(session, text, options)),
    );
}

async function search(session: Session, text: string, options: SearchOptions): Promise<void> {
  const { k, ef, filter } = options;
  const target = await targetOf(session, options);
  const found = await searchFor(session, { target, query: { text }, k, ...given({ ef, filter }) });
  const lines = found.hits.map(({ rank, score, item }) => {
    const origin = [item.externalId, item.label].filter((part) => part !== null).join(', ');
    return `${String(rank).padStart(3)}. ${score.toFixed(3)}  ${oneLine(item.text, 160)}${origin === '' ? '' : `  [${origin}]`}`;
  });
  session.output.result(
    lines.length === 0
      ? filter === undefined
        ? 'Nothing found: the index is empty.'
        : 'No item passes the filter.'
      : lines.join('\n'),
    found,
  );
}

async function targetOf({ connection }: Session, { dataset, index, alias }: SearchOptions): Promise<object> {
  if (index !== undefined) return { indexId: index };
  const { id: datasetId } = await datasetNamed(connection, dataset);
  return alias === undefined ? { datasetId } : { alias: { name: alias, datasetId } };
}

export async function searchFor(
  { connection }: Session,
  input: Readonly<Record<string, unknown>>,
): Promise<SearchFields> {
  return (await connection.query<{ search: SearchFields }>(SEARCH, { input })).search;
}

/** A text on one line of at most `width` characters. */
export function oneLine(text: string, width: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}
