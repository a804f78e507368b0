import type { BuiltinSpecialTokenValue, Token, Tokenizer } from 'node-llama-cpp';
import type { LlamaFunctions } from './llama-functions.ts';
import type { Pointer } from './llama-structs.ts';

/** BPE vocabularies never put a space before a text; the others may. */
const bpe = 2;
/** Read before a text to keep a space from being put before it, then taken away. */
const lineBreak = '\n';

/**
 * A model's vocabulary in the form that node-llama-cpp's chat templates want. Marks between turns are read as such only
 * where the template says so; in any other text they are letters like all others.
 */
export function createTokenizer(functions: LlamaFunctions, vocabulary: Pointer): Tokenizer {
  const putsSpace = functions.vocabularyType(vocabulary) !== bpe;

  const read = (text: string, special: boolean): Token[] => {
    const bytes = Buffer.from(text, 'utf8');
    let tokens = new Int32Array(bytes.length + 8);
    let count = functions.tokenize(vocabulary, bytes, bytes.length, tokens, tokens.length, false, special);
    if (count < 0) {
      tokens = new Int32Array(-count);
      count = functions.tokenize(vocabulary, bytes, bytes.length, tokens, tokens.length, false, special);
    }
    if (count < 0) throw new Error('The text is too long to be read.');
    return Array.from(tokens.subarray(0, count)).filter(isToken);
  };

  const write = (tokens: readonly Token[], special: boolean): string => {
    let text = Buffer.alloc(tokens.length * 16 + 16);
    const values = Int32Array.from(tokens);
    let length = functions.detokenize(vocabulary, values, values.length, text, text.length, false, special);
    if (length < 0) {
      text = Buffer.alloc(-length);
      length = functions.detokenize(vocabulary, values, values.length, text, text.length, false, special);
    }
    return text.toString('utf8', 0, Math.max(0, length));
  };

  /** Reads the continuation of a text. */
  const readOn = (text: string, special: boolean): Token[] => {
    const begin = read(lineBreak, special);
    const tokens = read(lineBreak + text, special);
    const kept = begin.length > 0 && begin.every((token, index) => tokens[index] === token);
    return kept ? tokens.slice(begin.length) : read(text, special);
  };

  const builtin = (name: BuiltinSpecialTokenValue): Token[] => {
    const token = {
      BOS: functions.bos,
      EOS: functions.eos,
      NL: functions.newline,
      EOT: functions.eot,
      SEP: functions.sep,
    }[name](vocabulary);
    return isToken(token) ? [token] : [];
  };

  const tokenize = (text: string, special: boolean | 'builtin' = false, options?: 'trimLeadingSpace'): Token[] => {
    if (text === '') return [];
    if (special === 'builtin') {
      if (isBuiltin(text)) return builtin(text);
      throw new Error(`There is no token for ${text}.`);
    }
    return options === 'trimLeadingSpace' && putsSpace ? readOn(text, special) : read(text, special);
  };

  const detokenize = (tokens: readonly Token[], special = false, before: readonly Token[] = []): string => {
    if (tokens.length === 0) return '';
    const begin = before.length === 0 ? '' : write(before, special);
    if (begin === '') return write(tokens, special);
    const text = write([...before, ...tokens], special);
    return text.startsWith(begin) ? text.slice(begin.length) : write(tokens, special);
  };

  const isEogToken = (token: Token): boolean => functions.isEndOfAnswer(vocabulary, token);
  const isSpecialToken = (token: Token): boolean =>
    functions.isControl(vocabulary, token) ||
    isEogToken(token) ||
    (detokenize([token]) === '' && detokenize([token], true) !== '');

  return Object.assign(tokenize, { detokenize, isSpecialToken, isEogToken });
}

function isToken(value: number): value is Token {
  return value >= 0;
}

function isBuiltin(text: string): text is BuiltinSpecialTokenValue {
  return ['BOS', 'EOS', 'NL', 'EOT', 'SEP'].includes(text);
}
