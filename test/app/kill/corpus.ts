import { createRandom } from '../../../src/platform/random.ts';

/** A file of pairs, and what a dataset has to hold after its import. */
export interface Corpus {
  /** JSONL with columns question, answer, split, shelf. */
  readonly jsonl: string;
  readonly rows: number;
  /** Rows without an answer, or that are no JSON. */
  readonly badRows: number;
  readonly answers: readonly string[];
  /** `split question answer`, each once. */
  readonly judgements: readonly string[];
  readonly questions: number;
}

/** Questions and answers about topics in two made-up languages; some answers come twice, some rows are bad. */
export function makeCorpus(rows: number, seed: number): Corpus {
  const random = createRandom(seed);
  const word = () =>
    Array.from({ length: 2 + random.int(2) }, () => `${'bdfgklmnprst'[random.int(12)]}${'aeiou'[random.int(5)]}`).join(
      '',
    );
  const topics = Array.from({ length: 400 }, () => ({ asked: [word(), word()], told: [word(), word()] }));
  const fillers = Array.from({ length: 300 }, word);
  const filler = () => fillers[random.int(fillers.length)] as string;
  const lines: string[] = [];
  const answers = new Set<string>();
  const questions = new Set<string>();
  const judgements = new Set<string>();
  let badRows = 0;
  let answer = '';
  for (let row = 0; row < rows; row++) {
    if (row % 97 === 50) {
      lines.push(
        row % 2 === 0 ? '{"question": "half a li' : JSON.stringify({ question: `lonely ${row}`, split: 'train' }),
      );
      badRows++;
      continue;
    }
    const topic = topics[row % topics.length] as (typeof topics)[number];
    const question = `${filler()} ${topic.asked.join(' ')} ${filler()} n${row}`;
    // Every twentieth row repeats the answer before it: one item, two judgements.
    if (row % 20 !== 19 || answer === '') answer = `${topic.told.join(' ')} ${filler()} ${filler()} n${row}`;
    const split = row % 20 === 7 ? 'validation' : row % 20 === 13 ? 'test' : 'train';
    lines.push(JSON.stringify({ question, answer, split, shelf: row % 9 }));
    answers.add(answer);
    questions.add(question);
    judgements.add(`${split.toUpperCase()} ${question} ${answer}`);
  }
  return {
    jsonl: `${lines.join('\n')}\n`,
    rows,
    badRows,
    answers: [...answers],
    judgements: [...judgements],
    questions: questions.size,
  };
}
