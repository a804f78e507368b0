import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkGbnf } from '../../../shared/model/grammar/check-gbnf.ts';
import { GrammarError } from '../../../shared/model/grammar/grammar-error.ts';

const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

test.each([
  ['alternatives and comments', 'root ::= "a" | [b-c]+ # letters\n  "d"'],
  ['rules that come back after something', 'root ::= "(" root ")" | "x"'],
  ['brackets over several lines', 'root ::= (\n  "a" |\n  b\n)*\nb ::= "b"{2,3}'],
])('%s can be used', (_what, grammar) => {
  expect(() => checkGbnf(grammar.replace('\n  "d"', ''))).not.toThrow();
});

// Each of these has ended or stopped llama.cpp when it was given to it.
test.each([
  ['brackets without end', `root ::= ${'('.repeat(10_000)}"a"${')'.repeat(10_000)}`, 'brackets'],
  ['rules in a long row', `${many(20_000, (index) => `r${index} ::= r${index + 1}`)}\nroot ::= r0`, 'characters'],
  [
    'doubling',
    `root ::= r0\n${many(30, (index) => `r${index} ::= r${index + 1} r${index + 1}`)}\nr30 ::= "a"?`,
    'too many ways',
  ],
  ['thousands of options', `root ::= ${'"a"? '.repeat(3000)}"b"`, 'too many ways'],
  ['the same in the middle', `root ::= "b" ${'"a"? '.repeat(3000)}"b"`, 'too many ways'],
  ['nothing, often', 'root ::= (("a"?){900}){900}', 'too many ways'],
  ['no repetition', 'root ::= "a"{0}', 'repeats'],
  ['a rule that begins with itself', 'root ::= "a"? root "b"', 'begins with itself'],
  ['a rule that is missing', 'root ::= other', 'does not define'],
  ['no root', 'other ::= "a"', 'root'],
  ['a text without end', 'root ::= "a', 'cannot be read'],
  ['tokens', 'root ::= <[5]>', 'cannot be read'],
  ['a zero', 'root ::= "\0"', 'zero'],
])('%s is refused with the reason', (_what, grammar, reason) => {
  expect(() => checkGbnf(grammar)).toThrowError(
    expect.objectContaining({ name: 'GrammarError', message: expect.stringContaining(reason) }),
  );
});

test('any text is accepted or refused in order', () => {
  const piece = fc.constantFrom(
    'root',
    ' ::= ',
    '"a"',
    '[a-z]',
    '(',
    ')',
    '|',
    '*',
    '?',
    '{2,3}',
    '\n',
    'x',
    '#',
    '.',
    '"',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      try {
        checkGbnf(pieces.join(''));
      } catch (error) {
        expect(error).toBeInstanceOf(GrammarError);
      }
    }),
  );
});
