import type { PassageInfo } from '../../../shared/contract/index.ts';
import { estimateTokens } from '../../../shared/model/estimate-tokens.ts';
import { splitPassages } from '../sentences.ts';

/** A run of passages that a model reads at once. A passage that is too long for that stands in several, each with its part. */
export interface Piece {
  readonly passages: readonly PassageInfo[];
  /** Estimated, with the marks around them. */
  readonly tokens: number;
}

/** The mark of the page and the titles above it. */
const overheadTokens = 16;
/** A piece this full ends where a section does. */
const sectionShare = 0.6;
/** The most tokens that a character is estimated at. */
const mostTokensPerChar = 2;

/**
 * Cuts documents into as few pieces as the budget allows, of about the same size, and along sections where one ends near
 * the end of a piece. Every passage comes exactly once and in its order. Pure: the same passages give the same pieces,
 * by which a run that was cut off finds again what it had done.
 */
export function planPieces(passages: readonly PassageInfo[], budgetTokens: number): Piece[] {
  const units = passages.flatMap((passage) => fit(passage, budgetTokens));
  const total = units.reduce((sum, { tokens }) => sum + tokens, 0);
  const target = total / Math.max(1, Math.ceil(total / budgetTokens));
  const pieces: Piece[] = [];
  let open: Unit[] = [];
  let tokens = 0;
  const close = (): void => {
    if (open.length > 0) pieces.push({ passages: open.map(({ passage }) => passage), tokens });
    [open, tokens] = [[], 0];
  };
  for (const unit of units) {
    const last = open.at(-1)?.passage;
    const full = tokens + unit.tokens > budgetTokens;
    const atEnd = last !== undefined && tokens >= target * sectionShare && isNewSection(last, unit.passage);
    if (full || atEnd || tokens >= target) close();
    open.push(unit);
    tokens += unit.tokens;
  }
  close();
  return pieces;
}

/** Two pieces of about the same size in place of one; undefined when it is a single short passage. */
export function halve({ passages, tokens }: Piece): readonly [Piece, Piece] | undefined {
  const [first, second, ...rest] = planPieces(passages, Math.ceil(tokens / 2) + overheadTokens);
  if (first === undefined || second === undefined) return undefined;
  const others = [second, ...rest];
  return [
    first,
    {
      passages: others.flatMap((piece) => piece.passages),
      tokens: others.reduce((sum, piece) => sum + piece.tokens, 0),
    },
  ];
}

export function tokensOf({ headings, text }: PassageInfo): number {
  return estimateTokens(`${headings.join('\n')}\n${text}`) + overheadTokens;
}

interface Unit {
  readonly passage: PassageInfo;
  readonly tokens: number;
}

/** The passage, or parts of it that each fit; titles that leave no room are left out. */
function fit(passage: PassageInfo, budgetTokens: number): Unit[] {
  const tokens = tokensOf(passage);
  if (tokens <= budgetTokens) return [{ passage, tokens }];
  const headingTokens = estimateTokens(`${passage.headings.join('\n')}\n`);
  const headings = headingTokens * 2 > budgetTokens ? [] : passage.headings;
  const room = budgetTokens - overheadTokens - (headings.length === 0 ? 1 : headingTokens);
  const chars = Math.max(1, Math.floor(room / mostTokensPerChar));
  const texts = splitPassages(passage.text, chars).flatMap(({ text }) => slice(text, room, chars));
  return gather(texts, room).map((text) => ({
    passage: { ...passage, headings, text },
    tokens: tokensOf({ ...passage, headings, text }),
  }));
}

/** Text without sentences, in whole characters. */
function slice(text: string, roomTokens: number, chars: number): string[] {
  if (estimateTokens(text) <= roomTokens) return [text];
  const characters = [...text];
  const step = Math.max(1, Math.floor(chars / 2));
  return Array.from({ length: Math.ceil(characters.length / step) }, (_, index) =>
    characters.slice(index * step, (index + 1) * step).join(''),
  );
}

/** Parts together as long as there is room. */
function gather(texts: readonly string[], roomTokens: number): string[] {
  const gathered: string[] = [];
  for (const text of texts) {
    const last = gathered.at(-1);
    const joined = last === undefined ? text : `${last}\n${text}`;
    if (last !== undefined && estimateTokens(joined) <= roomTokens) gathered[gathered.length - 1] = joined;
    else gathered.push(text);
  }
  return gathered;
}

function isNewSection(last: PassageInfo, next: PassageInfo): boolean {
  return last.documentId !== next.documentId || last.headings[0] !== next.headings[0];
}

/** Neighbouring texts together, each group within the budget and of two or more; what is too long for that stands alone. */
export function planGroups(sizes: readonly number[], budgetTokens: number): number[][] {
  const groups: number[][] = [];
  let tokens = 0;
  for (const [index, size] of sizes.entries()) {
    const open = groups.at(-1);
    if (open === undefined || (open.length > 1 && tokens + size > budgetTokens)) {
      groups.push([index]);
      tokens = size;
    } else {
      open.push(index);
      tokens += size;
    }
  }
  return groups;
}
