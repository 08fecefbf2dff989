import type { Connection } from '../client/connection.ts';
import { oneLine, searchFor } from '../commands/search.ts';
import type { Session } from '../session.ts';

/** A question, and the ids of the items that are known to answer it. */
export interface Question {
  readonly text: string;
  readonly answers: readonly string[];
}

const SPLITS = ['TEST', 'VALIDATION', 'TRAIN'] as const;

const HELD_OUT = `query HeldOut($name: String!, $split: Split!) {
  dataset(name: $name) { queries(split: $split, first: 5) { nodes { text relevant { item { id } } } } }
}`;
interface HeldOut {
  readonly dataset: {
    readonly queries: {
      readonly nodes: readonly {
        readonly text: string;
        readonly relevant: readonly { readonly item: { readonly id: string } }[];
      }[];
    };
  };
}

/** The split to measure on, the least seen one that the dataset has, and five of its queries with their known answers. */
export async function heldOut(
  connection: Connection,
  datasetName: string,
): Promise<{ split: (typeof SPLITS)[number]; questions: Question[] }> {
  for (const split of SPLITS) {
    const { dataset } = await connection.query<HeldOut>(HELD_OUT, { name: datasetName, split });
    const questions = dataset.queries.nodes.map(({ text, relevant }) => ({
      text,
      answers: relevant.map(({ item }) => item.id),
    }));
    if (questions.length > 0) return { split, questions };
  }
  return { split: 'TRAIN', questions: [] };
}

/** Asks, and shows the two best answers, a known one marked. */
export async function ask(session: Session, datasetName: string, { text, answers }: Question): Promise<string> {
  const { hits } = await searchFor(session, { target: { datasetName }, query: { text }, k: 2 });
  const lines = hits.map(({ score, item }) => {
    const mark = answers.includes(item.id) ? '*' : ' ';
    return `  ${mark} ${score.toFixed(2)}  ${oneLine(item.text, 88)}${packageOf(item.metadata)}`;
  });
  return `? ${oneLine(text, 100)}\n${lines.join('\n')}`;
}

/** Of a declaration found in node_modules, for who wants to look it up. */
function packageOf({ file, kind }: Readonly<Record<string, unknown>>): string {
  if (typeof file !== 'string' || typeof kind !== 'string') return '';
  const parts = file.split('/');
  return `   (${parts.slice(0, file.startsWith('@') ? 2 : 1).join('/')})`;
}
