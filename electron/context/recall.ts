import type { BranchSearch, MessageContent } from '../store/store.ts';
import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import { rankPassages, type Passage } from './rank-passages.ts';
import { splitPassages } from './sentences.ts';
import { scriptOf, termsOf } from './terms.ts';

export interface RecallRequest {
  readonly conversationId: string;
  readonly question: string;
  /** Messages that are not read in full. */
  readonly among: ReadonlySet<string>;
  readonly budgetTokens: number;
}

export interface RecallSources {
  readonly search: BranchSearch;
  readonly contents: (messageIds: readonly string[]) => ReadonlyMap<string, MessageContent>;
}

const passageChars = 320;
const mostPassages = 8;
const mostMessages = 48;
/** Of a very long message only what is near a word of the question is looked at. */
const mostChars = 20_000;
const nearChars = 400;
const mostWords = 16;
const mostPairs = 12;
/** Passages that have so little to do with the question, or with the best one, only distract. */
const leastShare = 0.2;
const leastOfBest = 0.35;

/**
 * What was said earlier about what is asked now, as a text to be read before the question; empty when nothing was. The
 * text index finds the messages, their passages are then weighed among themselves.
 */
export function recall({ search, contents }: RecallSources, request: RecallRequest): string {
  const { question, conversationId, among } = request;
  if (among.size === 0) return '';
  const { words, pairs } = searchWords(question);
  if (words.length + pairs.length === 0) return '';
  const candidates = search
    .candidates(conversationId, { words, pairs, limit: 4 * mostMessages })
    .filter((id) => among.has(id))
    .slice(0, mostMessages);
  if (candidates.length === 0) return '';
  const found = contents(candidates);
  const passages = [...found].flatMap(([messageId, { role, text, createdAt }]) =>
    passagesOf(text, [...words, ...pairs]).map((passage): DatedPassage => ({
      messageId,
      role,
      text: passage,
      createdAt,
    })),
  );
  const ranked = rankPassages(passages, question, among.size);
  const best = ranked[0];
  if (best === undefined) return '';
  const chosen: DatedPassage[] = [];
  let room = request.budgetTokens - headingTokens;
  for (const { passage, score, share } of ranked) {
    if (chosen.length === mostPassages || share < leastShare || score < best.score * leastOfBest) break;
    const tokens = estimateTokens(passage.text) + lineTokens;
    if (tokens > room) continue;
    room -= tokens;
    chosen.push(passage);
  }
  return chosen.length === 0 ? '' : write(chosen);
}

interface DatedPassage extends Passage {
  readonly createdAt: number;
}

const headingTokens = 24;
/** Who said it and when. */
const lineTokens = 20;

/** What the text index can be asked for: the stems of words, and pairs of Chinese characters. */
function searchWords(question: string): { words: string[]; pairs: string[] } {
  const terms = [...new Set(termsOf(question))];
  const long = terms.filter((term) => [...term].length > 2);
  const pairs = terms.filter((term) => [...term].length === 2);
  // Longer words are rarer.
  return {
    words: long.toSorted((left, right) => right.length - left.length).slice(0, mostWords),
    pairs: pairs.slice(0, mostPairs),
  };
}

function passagesOf(text: string, words: readonly string[]): string[] {
  const near = text.length <= mostChars ? [text] : textsNear(text, words);
  return near.flatMap((part) => splitPassages(part, passageChars).map((passage) => passage.text));
}

function textsNear(text: string, words: readonly string[]): string[] {
  const folded = text.toLowerCase();
  const spots: number[] = [];
  for (const word of words) {
    for (let at = folded.indexOf(word), count = 0; at >= 0 && count < 8; count += 1) {
      spots.push(at);
      at = folded.indexOf(word, at + nearChars);
    }
  }
  let end = -1;
  return spots
    .toSorted((left, right) => left - right)
    .flatMap((spot) => {
      if (spot < end) return [];
      end = Math.min(text.length, spot + nearChars);
      return [text.slice(Math.max(0, spot - nearChars), end)];
    });
}

/** In the order in which it was said. */
function write(passages: readonly DatedPassage[]): string {
  const wide = scriptOf(passages.map(({ text }) => text).join(' ')) === 'wide';
  const heading = wide ? '这段对话中前面说过：' : 'Said earlier in this conversation:';
  const lines = passages
    .toSorted((left, right) => left.createdAt - right.createdAt)
    .map(({ role, text, createdAt }) => {
      const day = new Date(createdAt).toISOString().slice(0, 10);
      const who = wide ? (role === 'user' ? '用户' : '助手') : role === 'user' ? 'User' : 'Assistant';
      return `- ${who} (${day}): ${text.replaceAll(/\s*\n\s*/gu, ' ')}`;
    });
  return [heading, ...lines].join('\n');
}
