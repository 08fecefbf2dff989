import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guessColumns } from '../../src/app/demo/guess-columns.ts';

const many = (row: (i: number) => Record<string, unknown>) => Array.from({ length: 20 }, (_, i) => row(i));

test('columns are told by their names', () => {
  const rows = many((i) => ({
    id: `d${i}`,
    Question: `what is ${i}`,
    answer: `it is ${i}`,
    source: 'book',
    split: 'train',
  }));
  assert.deepEqual(guessColumns(rows), { query: 'Question', positive: 'answer', split: 'split' });
});

test('a column called split that names no split is metadata', () => {
  const rows = many((i) => ({ question: `what is ${i}`, answer: `it is ${i}`, split: i % 5 }));
  assert.deepEqual(guessColumns(rows), { query: 'question', positive: 'answer' });
});

test('without speaking names the two most varied texts are taken, the shorter one asks', () => {
  const rows = many((i) => ({
    ref: `A-${i}`,
    url: `https://example.org/${i}`,
    topic: ['cars', 'boats'][i % 2],
    detail: `a long story about number ${i} that goes on and on`,
    short: `number ${i} please`,
    price: i,
  }));
  assert.deepEqual(guessColumns(rows), { query: 'short', positive: 'detail' });
});

test('one speaking name leaves the best of the rest for the other', () => {
  assert.deepEqual(guessColumns(many((i) => ({ question: `why ${i} is`, reply_text: `because of ${i} it is` }))), {
    query: 'question',
    positive: 'reply_text',
  });
});

test('a file without two columns of text is refused with its columns named', () => {
  assert.throws(() => guessColumns(many((i) => ({ text: `some words ${i}`, price: i }))), {
    code: 'BAD_INPUT',
    message: /two columns of text.* Columns here: text, price\./,
  });
});
