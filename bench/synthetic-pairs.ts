import { createRandom } from '../src/platform/random.ts';

const SYLLABLES = [
  'ba',
  'de',
  'fi',
  'go',
  'ku',
  'la',
  'me',
  'ni',
  'po',
  'ru',
  'sa',
  'te',
  'vi',
  'zo',
  'chu',
  'sta',
  'pre',
];
const WORDS = 20_000;
const WORDS_OF_A_TOPIC = 40;

export interface SyntheticPairs {
  /** Pieces of JSONL, of some hundred kilobytes each: `{"question", "answer", "split"}`. */
  readonly jsonl: Iterable<string>;
  /** The question of a row, which is about the same topic as its answer. */
  question(row: number): string;
}

/**
 * Question and answer pairs that share the words of a topic, no two rows alike: as many as wanted, from memory that does not
 * grow with them. Questions have 8 words, answers `answerWords`.
 */
export function syntheticPairs(rows: number, answerWords = 30): SyntheticPairs {
  const random = createRandom(1);
  const words = Array.from({ length: WORDS }, () =>
    Array.from({ length: 2 + random.int(2) }, () => SYLLABLES[random.int(SYLLABLES.length)]).join(''),
  );
  const text = (row: number, count: number, stride: number) => {
    const topic = Math.imul(row % 5_000, 2_654_435_761) >>> 8;
    const parts: string[] = [];
    for (let i = 0; i < count; i++) {
      const mixed = Math.imul(row * stride + i, 2_246_822_519) >>> 7;
      // Half the words are the topic's, the rest anything.
      parts.push(words[(i % 2 === 0 ? topic + (mixed % WORDS_OF_A_TOPIC) : mixed) % WORDS] as string);
    }
    return `${parts.join(' ')} ${row}`;
  };
  const question = (row: number) => text(row, 8, 31);
  function* lines(): Generator<string> {
    let piece = '';
    for (let row = 0; row < rows; row++) {
      const split = row % 20 === 0 ? 'validation' : 'train';
      piece += `{"question": "${question(row)}", "answer": "${text(row, answerWords, 57)}", "split": "${split}"}\n`;
      if (piece.length < 500_000) continue;
      yield piece;
      piece = '';
    }
    yield piece;
  }
  return { jsonl: lines(), question };
}
