import { type Command, InvalidArgumentError } from 'commander';
import { QuartetError } from '../../domain/errors.ts';
import { datasetNamed } from '../client/find.ts';
import { COMPARE_SEARCH, type ComparisonFields, SEARCH, type SearchFields } from '../client/operations.ts';
import { type Session, type SessionOptions, withSession } from '../session.ts';
import { upload } from './import-run.ts';
import { fileSources } from './import-sources.ts';
import { clientCommand, examples, given, jsonObject, whole } from './options.ts';
import { type HitOptions, hitOptionsOf, textQueryOf, withHitOptions } from './search-options.ts';

interface SearchOptions extends SessionOptions, HitOptions {
  readonly dataset?: string;
  readonly index?: string;
  readonly alias?: string;
  readonly image?: string;
  readonly vector?: readonly number[];
  readonly k: number;
  readonly ef?: number;
  readonly filter?: object;
  readonly against?: string;
}

export function searchCommand(): Command {
  const command = clientCommand('search')
    .description('find the items nearest to a text, an image or a vector')
    .argument('[text]', 'what to look for, in your own words')
    .option('--image <path>', 'search with an image file instead')
    .option('--vector <json>', 'search with a vector as the dataset holds them instead: a list of numbers', numbers)
    .option('--dataset <name>', 'search its newest index (default: the only dataset there is)')
    .option('--index <id>', 'search this index version')
    .option('--alias <name>', 'search what this alias of the dataset points at, e.g. live')
    .option('-k, --k <n>', 'hits wanted, 1 to 1000', whole, 5)
    .option('--ef <n>', 'candidates the graph search keeps: more finds more', whole)
    .option('--filter <json>', 'only items that pass, as the API takes it: FilterInput in schema.graphql', jsonObject)
    .option('--against <id>', 'ask this index version too, and show both rankings');
  return withHitOptions(command)
    .addHelpText(
      'after',
      examples([
        'quartet search "how do I reset my password" --dataset faq',
        'quartet search "refund" --dataset faq -k 20 --json',
        'quartet search --image ./photo.jpg --dataset pets',
        `quartet search "refund" --dataset faq --filter '{"metadata": {"key": "year", "gte": 2024}}'`,
        'quartet search "refund" --dataset faq --hybrid --group-by label',
        'quartet search "refund" --dataset faq --unlike "how to pay" --min-score 0.3',
        'quartet search "refund" --index <id> --against <id>',
      ]),
    )
    .action((text: string | undefined, options: SearchOptions) =>
      withSession(options, (session) => search(session, text, options)),
    );
}

async function search(session: Session, text: string | undefined, options: SearchOptions): Promise<void> {
  const { k, ef, filter, against } = options;
  const target = await targetOf(session, options);
  const query = await queryOf(session, text, options);
  const asked = { query, k, ...given({ ef, filter }), ...hitOptionsOf(text, options) };
  if (against !== undefined) return compare(session, { first: target, second: { indexId: against }, ...asked });
  const found = await searchFor(session, { target, ...asked });
  const lines = found.hits.map(({ rank, score, item }) => {
    const origin = [item.externalId, item.label].filter((part) => part !== null).join(', ');
    return `${String(rank).padStart(3)}. ${score.toFixed(3)}  ${oneLine(item.text, 160) || item.id}${origin === '' ? '' : `  [${origin}]`}`;
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

async function queryOf(session: Session, text: string | undefined, options: SearchOptions): Promise<object> {
  const { image, vector } = options;
  if ([text, image, vector].filter((given) => given !== undefined).length !== 1) {
    throw new QuartetError(
      'BAD_INPUT',
      'Say what to search with: exactly one of a text, --image PATH and --vector JSON.',
    );
  }
  if (vector !== undefined) return { storedVector: vector };
  if (image === undefined) return textQueryOf(text as string, options);
  const [imageUploadId] = await upload(session, await fileSources([image]));
  return { imageUploadId };
}

function numbers(text: string): number[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value) && value.every((entry) => typeof entry === 'number')) return value;
  } catch {
    // Said below.
  }
  throw new InvalidArgumentError('It must be a JSON list of numbers, as [0.1, -2].');
}

async function compare({ connection, output }: Session, input: object): Promise<void> {
  const { compareSearch } = await connection.query<{ compareSearch: ComparisonFields }>(COMPARE_SEARCH, { input });
  const rank = (of: number | null) => (of === null ? '-' : String(of)).padStart(4);
  const lines = compareSearch.items.map(
    ({ firstRank, secondRank, item }) => `${rank(firstRank)}${rank(secondRank)}  ${oneLine(item.text, 150)}`,
  );
  const share = `${Math.round(100 * compareSearch.overlap)} % of the hits in common; ranks in the first and in the second:`;
  output.result([share, ...lines].join('\n'), compareSearch);
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
