import type { LlamaFunctions } from './llama-functions.ts';
import type { Pointer } from './llama-structs.ts';

/** A text as a model reads it that compares texts. */
export interface ComparedTokens {
  readonly tokens: readonly number[];
  /** Only its beginning is read. */
  readonly cut: boolean;
}

export interface ComparedTokenizer {
  text(text: string): ComparedTokens;
  /** A question and a text that may answer it, in the form that the model was trained on. */
  pair(query: string, document: string): ComparedTokens;
}

/** Longer words than this are rare; what is beyond so many characters for each token need not be looked at. */
const mostCharsPerToken = 32;

/** `template` holds `{query}` and `{document}`; without one the two follow each other, parted by the model's marks. */
export function createComparedTokenizer(
  functions: LlamaFunctions,
  vocabulary: Pointer,
  mostTokens: number,
  template: string | undefined,
): ComparedTokenizer {
  const addsEnd = functions.addsEos(vocabulary);
  const addsSeparator = functions.addsSep(vocabulary);
  const begin = functions.addsBos(vocabulary) ? present(functions.bos(vocabulary)) : [];
  const separator = addsSeparator ? present(functions.sep(vocabulary)) : [];
  const eos = present(functions.eos(vocabulary));
  const end = addsEnd ? (eos.length > 0 ? eos : present(functions.sep(vocabulary))) : [];

  /** In a text from outside, marks are letters like all others. */
  const read = (text: string, special: boolean, marks: boolean): { tokens: number[]; cut: boolean } => {
    const kept = text.slice(0, mostTokens * mostCharsPerToken);
    const bytes = Buffer.from(kept, 'utf8');
    const write = (room: Int32Array): number =>
      functions.tokenize(vocabulary, bytes, bytes.length, room, room.length, special, marks);
    let room = new Int32Array(bytes.length + 8);
    let count = write(room);
    if (count < 0) {
      // A space may take three tokens where each of its bytes takes one.
      room = new Int32Array(-count);
      count = write(room);
    }
    if (count < 0) throw new Error('The text is too long to be read.');
    return { tokens: Array.from(room.subarray(0, count)), cut: kept.length < text.length };
  };

  const pieces = template?.split(/(\{query\}|\{document\})/);

  return {
    text(text) {
      const { tokens, cut } = read(text, true, false);
      if (tokens.length <= mostTokens) return { tokens, cut };
      // The mark at the end is what some models look at.
      const last = addsEnd || addsSeparator ? tokens.slice(-1) : [];
      return { tokens: [...tokens.slice(0, mostTokens - last.length), ...last], cut: true };
    },
    pair(query, document) {
      const parts: { tokens: number[]; cut: boolean; isText: boolean }[] = pieces
        ? pieces.map((piece) => {
            if (piece === '{query}') return { ...read(query, false, false), isText: true };
            if (piece === '{document}') return { ...read(document, false, false), isText: true };
            return { ...read(piece, false, true), isText: false };
          })
        : [
            { tokens: begin, cut: false, isText: false },
            { ...read(query, false, false), isText: true },
            { tokens: [...end, ...separator], cut: false, isText: false },
            { ...read(document, false, false), isText: true },
            // A mark that parts the two also ends them for models that know no other.
            { tokens: end.length > 0 ? end : separator, cut: false, isText: false },
          ];
      const fixed = parts.filter(({ isText }) => !isText).reduce((sum, { tokens }) => sum + tokens.length, 0);
      const room = Math.max(2, mostTokens - fixed);
      // The question may take half of the room, more when the text leaves some.
      const lengths = parts.filter(({ isText }) => isText).map(({ tokens }) => tokens.length);
      const [first = 0, second = 0] = lengths;
      const firstRoom = Math.max(Math.floor(room / 2), room - second);
      const rooms = [Math.min(first, firstRoom), Math.min(second, room - Math.min(first, firstRoom))];
      let cut = parts.some((part) => part.cut);
      const tokens = parts.flatMap((part) => {
        if (!part.isText) return part.tokens;
        const most = rooms.shift() ?? 0;
        if (part.tokens.length > most) cut = true;
        return part.tokens.slice(0, most);
      });
      return { tokens, cut };
    },
  };
}

function present(token: number): number[] {
  return token >= 0 ? [token] : [];
}
