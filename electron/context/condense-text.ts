import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import { rankPassages } from './rank-passages.ts';
import { splitPassages, type Sentence } from './sentences.ts';
import { scriptOf } from './terms.ts';

/** Longer ones hold more than what fits; several must fit into the budget. */
const passageTokens = 120;
const passageShare = 0.2;
/** See `estimateTokens`. */
const charsPerToken = { wide: 0.75, other: 3 };
/** What a person asks about a long text stands before or after it and is short. */
const requestChars = 600;
/** More passages than this are thinned out evenly first; a book need not be read whole to show what it is about. */
const mostPassages = 3000;

/**
 * A text too long to be read, cut down to what a model may read of it: the request around it, and those of its passages
 * that fit the request best, in their order. Depends on nothing but its input, so that the same message is always the
 * same and what was read of it can be kept.
 */
export function condenseText(text: string, budgetTokens: number): string {
  if (estimateTokens(text) <= budgetTokens) return text;
  const { before, body, after } = splitRequest(text);
  const script = scriptOf(text) ?? 'other';
  const passageChars = Math.min(passageTokens, budgetTokens * passageShare) * charsPerToken[script];
  const passages = thinOut(splitPassages(body, passageChars));
  const wide = script === 'wide';
  const note = wide
    ? `[以下文字共 ${text.length} 个字符，太长，无法全部阅读；这里是其中的片段]`
    : `[The text is ${text.length} characters long, too long to be read whole; these are parts of it]`;
  const fixedTokens = estimateTokens(before) + estimateTokens(after) + estimateTokens(note) + 8;
  const chosen = choosePassages(passages, `${before}\n${after}`, budgetTokens - fixedTokens);
  const parts = chosen
    .toSorted((left, right) => left.start - right.start)
    .map((passage, index, all) => {
      const previous = all[index - 1];
      const follows = previous !== undefined && previous.start + previous.text.length + 2 >= passage.start;
      return follows ? passage.text : `[…] ${passage.text}`;
    });
  return [before, note, ...parts, parts.length > 0 ? '[…]' : '', after].filter((part) => part !== '').join('\n');
}

function splitRequest(text: string): { before: string; body: string; after: string } {
  const trimmed = text.trim();
  const firstBreak = trimmed.indexOf('\n');
  const lastBreak = trimmed.lastIndexOf('\n');
  const before = firstBreak > 0 && firstBreak <= requestChars ? trimmed.slice(0, firstBreak).trim() : '';
  const after =
    lastBreak > firstBreak && trimmed.length - lastBreak <= requestChars ? trimmed.slice(lastBreak + 1).trim() : '';
  const body = trimmed.slice(before === '' ? 0 : firstBreak, after === '' ? trimmed.length : lastBreak);
  return { before, body, after };
}

function thinOut(passages: Sentence[]): Sentence[] {
  if (passages.length <= mostPassages) return passages;
  const step = passages.length / mostPassages;
  return Array.from({ length: mostPassages }, (_, index) => passages[Math.floor(index * step)]).filter(
    (passage) => passage !== undefined,
  );
}

/** Its beginning says what it is; then what fits, and where nothing does, some from everywhere. */
function choosePassages(passages: readonly Sentence[], request: string, budgetTokens: number): Sentence[] {
  const ranked = rankPassages(passages, request).map(({ passage }) => passage);
  const spread = Array.from({ length: 12 }, (_, index) => passages[Math.floor((index * passages.length) / 12)]);
  const chosen = new Set<Sentence>();
  let room = budgetTokens;
  for (const passage of [passages[0], ...ranked, ...spread, passages.at(-1), ...passages]) {
    if (room <= 0) break;
    if (passage === undefined || chosen.has(passage)) continue;
    const tokens = estimateTokens(passage.text) + 6;
    if (tokens > room) continue;
    room -= tokens;
    chosen.add(passage);
  }
  return [...chosen];
}
