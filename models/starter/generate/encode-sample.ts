import type { Encoder } from '../tokeniser/encode.ts';
import type { Vocabulary } from '../tokeniser/vocabulary.ts';
import type { Sample } from './sample.ts';

/** Set on the tokens that are learned with full weight; the vocabulary stays below it. */
export const learnedBit = 0x8000;

/**
 * A conversation as the engine sends it to the model: BOS, then each turn between its control tokens. `learned` says
 * which parts of what the assistant says count; all of it by default.
 */
export function encodeSample(
  { turns }: Sample,
  vocabulary: Vocabulary,
  encoder: Encoder,
  learned: (answer: string) => readonly { readonly text: string; readonly counts: boolean }[] = wholeAnswer,
): number[] {
  const tokens = [vocabulary.beginId];
  for (const { role, text } of turns) {
    tokens.push(vocabulary.turnStartId, ...encoder.encode(`${role}\n`));
    if (role !== 'assistant') {
      tokens.push(...encoder.encode(text), vocabulary.turnEndId, ...encoder.encode('\n'));
      continue;
    }
    const parts = learned(text);
    for (const part of parts) {
      for (const token of encoder.encode(part.text)) tokens.push(part.counts ? token | learnedBit : token);
    }
    const ending = parts.some(({ counts }) => !counts) ? 0 : learnedBit;
    tokens.push(vocabulary.turnEndId | ending, ...encoder.encode('\n'));
  }
  return tokens;
}

function wholeAnswer(text: string): { text: string; counts: boolean }[] {
  return [{ text, counts: true }];
}

/** Only the value, with the space before it: the part of an answer that has one right form. */
export function onlyValue(value: string): (answer: string) => { text: string; counts: boolean }[] {
  return (answer) => {
    const at = answer.indexOf(value);
    if (at < 0) return [{ text: answer, counts: false }];
    const from = answer.charAt(at - 1) === ' ' ? at - 1 : at;
    return [
      { text: answer.slice(0, from), counts: false },
      { text: answer.slice(from, at + value.length), counts: true },
      { text: answer.slice(at + value.length), counts: false },
    ];
  };
}
