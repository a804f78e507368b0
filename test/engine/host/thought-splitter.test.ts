import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createThoughtSplitter, type ThoughtMarks } from '../../../electron/engine/host/thought-splitter.ts';

const marks: ThoughtMarks = { open: '<think>', close: ['</think>'] };

function split(text: string, { cuts = [], opened = false, thinker = true }: Options = {}) {
  const splitter = createThoughtSplitter(thinker ? marks : undefined, opened);
  const places = [...new Set([0, ...cuts.map((cut) => cut % (text.length + 1)), text.length])].toSorted(
    (a, b) => a - b,
  );
  const pieces = places.slice(1).flatMap((end, index) => splitter.push(text.slice(places[index], end)));
  const all = [...pieces, ...splitter.end()];
  const join = (reasoning: boolean): string =>
    all
      .filter((piece) => piece.reasoning === reasoning)
      .map((piece) => piece.text)
      .join('');
  return { thought: join(true), answer: join(false) };
}

interface Options {
  cuts?: number[];
  opened?: boolean;
  thinker?: boolean;
}

test('a thought is parted from the answer, and the spaces around it belong to neither', () => {
  expect(split('\n<think>\nHm, two. \n\n</think>\n\nTwo.\n')).toEqual({ thought: 'Hm, two.', answer: 'Two.\n' });
});

test('a thought that the prompt has opened needs no mark', () => {
  expect(split('\nHm.</think>Two.', { opened: true })).toEqual({ thought: 'Hm.', answer: 'Two.' });
});

test('a thought that is cut off is kept, without the half of a mark', () => {
  expect(split('<think>I wonder if a </thing', {})).toEqual({ thought: 'I wonder if a </thing', answer: '' });
  expect(split('<think>I wonder', {})).toEqual({ thought: 'I wonder', answer: '' });
});

test('the mark inside an answer, or of a model that does not think, is a word like any other', () => {
  expect(split('Write `<think>x</think>`.')).toEqual({ thought: '', answer: 'Write `<think>x</think>`.' });
  expect(split('<think>x</think>', { thinker: false })).toEqual({ thought: '', answer: '<think>x</think>' });
  expect(split('<thin ice')).toEqual({ thought: '', answer: '<thin ice' });
});

test('an empty thought is none', () => {
  expect(split('<think>\n\n</think>\n\nTwo.')).toEqual({ thought: '', answer: 'Two.' });
});

test('the result does not depend on how the text is cut', () => {
  const word = fc.constantFrom('<think>', '</think>', '<', '</th', 'ink>', ' ', '\n', 'word', 'é', '<|end|>');
  fc.assert(
    fc.property(
      fc.array(word, { maxLength: 12 }),
      fc.array(fc.nat(), { maxLength: 8 }),
      fc.boolean(),
      (words, cuts, opened) => {
        const text = words.join('');
        expect(split(text, { cuts, opened })).toEqual(split(text, { opened }));
      },
    ),
  );
});
