import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStopMatcher } from '../../../electron/engine/host/stop-matcher.ts';

function run(pieces: readonly string[], stops: readonly string[]): { shown: string; stopped: boolean } {
  const matcher = createStopMatcher(stops);
  let shown = '';
  for (const piece of pieces) {
    const { text, stopped } = matcher.push(piece);
    shown += text;
    if (stopped) return { shown, stopped };
  }
  return { shown: shown + matcher.end(), stopped: false };
}

test('shows everything before a stop and nothing of it', () => {
  expect(run(['Hello <|', 'im_', 'end|> and more'], ['<|im_end|>'])).toEqual({ shown: 'Hello ', stopped: true });
});

test('holds back no more than could become a stop', () => {
  const matcher = createStopMatcher(['\n\nUser:']);
  expect(matcher.push('One.\n\nUs').text).toBe('One.');
  expect(matcher.push('ually two.').text).toBe('\n\nUsually two.');
  expect(matcher.push('\n').text).toBe('');
  expect(matcher.end()).toBe('\n');
});

test('an empty stop is none', () => {
  expect(run(['words'], [''])).toEqual({ shown: 'words', stopped: false });
});

// Few letters, so that stops occur, overlap and are repeated.
const text = fc.string({ unit: fc.constantFrom('a', 'b', '猫', '🙂'), maxLength: 30 });
const stops = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '猫', '🙂'), minLength: 1, maxLength: 4 }), {
  maxLength: 4,
});

test('says the same however the text is cut into pieces', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 8 }), stops, (pieces, wanted) => {
      const whole = pieces.join('');
      const byCharacter = run([...whole], wanted);
      expect(run(pieces, wanted)).toEqual(byCharacter);
      expect(whole.startsWith(byCharacter.shown)).toBe(true);
      expect(byCharacter.stopped).toBe(wanted.some((stop) => whole.includes(stop)));
      if (!byCharacter.stopped) expect(byCharacter.shown).toBe(whole);
      for (const stop of wanted) expect(byCharacter.shown).not.toContain(stop);
    }),
  );
});
