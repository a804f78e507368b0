import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import type { SourceMessage } from './extract-facts.ts';
import { splitSentences } from './sentences.ts';
import { termsOf } from './terms.ts';

interface Candidate {
  readonly order: number;
  readonly role: SourceMessage['role'];
  readonly text: string;
  readonly terms: ReadonlySet<string>;
  readonly tokens: number;
  readonly first: boolean;
}

const mostChars = 300;
const fewestTerms = 3;
/** A sentence this much of whose words were said by chosen ones already says nothing new. */
const mostKnownShare = 0.7;
/** Each is looked at again for every one that is chosen. */
const mostCandidates = 600;

/**
 * The sentences that say most about what is spoken of, as they stand, in their order: after SumBasic (Nenkova and
 * Vanderwende, 2005), by the share that their words have in the whole, where words that were taken count less. It needs
 * no model and cannot invent anything.
 */
export function summariseSentences(
  messages: readonly SourceMessage[],
  budgetTokens: number,
  without: ReadonlySet<string> = new Set(),
): string {
  const candidates = collect(messages, without);
  const frequency = new Map<string, number>();
  for (const { terms } of candidates) for (const term of terms) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  const known = new Set<string>();
  const chosen: Candidate[] = [];
  let room = budgetTokens;
  let left = candidates
    .map((candidate) => ({ candidate, score: score(candidate, frequency, known) }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, mostCandidates)
    .map(({ candidate }) => candidate);
  for (;;) {
    left = left.filter(({ tokens, terms }) => tokens <= room && knownShare(terms, known) <= mostKnownShare);
    const best = bestOf(left, (candidate) => score(candidate, frequency, known));
    if (best === undefined) break;
    left = left.filter((candidate) => candidate !== best);
    chosen.push(best);
    room -= best.tokens;
    for (const term of best.terms) known.add(term);
  }
  return chosen
    .toSorted((a, b) => a.order - b.order)
    .map(({ text }) => text)
    .join('\n');
}

function collect(messages: readonly SourceMessage[], without: ReadonlySet<string>): Candidate[] {
  const candidates: Candidate[] = [];
  for (const { role, text } of messages) {
    let first = true;
    for (const sentence of splitSentences(text)) {
      const terms = new Set(termsOf(sentence.text));
      const fits = sentence.text.length <= mostChars && terms.size >= fewestTerms && !without.has(sentence.text);
      if (fits) {
        const tokens = estimateTokens(sentence.text) + 2;
        candidates.push({ order: candidates.length, role, text: sentence.text, terms, tokens, first });
      }
      first = false;
    }
  }
  return candidates;
}

function score(
  { terms, first, role }: Candidate,
  frequency: ReadonlyMap<string, number>,
  known: ReadonlySet<string>,
): number {
  let sum = 0;
  for (const term of terms) sum += known.has(term) ? 0.1 : Math.log(1 + (frequency.get(term) ?? 0));
  // A message begins with what it is about, and what the person said leads the conversation.
  return (sum / (terms.size + 4)) * (first ? 1.3 : 1) * (role === 'user' ? 1.2 : 1);
}

function bestOf<T>(items: readonly T[], scoreOf: (item: T) => number): T | undefined {
  let best: { item: T; score: number } | undefined;
  for (const item of items) {
    const value = scoreOf(item);
    if (best === undefined || value > best.score) best = { item, score: value };
  }
  return best?.item;
}

function knownShare(terms: ReadonlySet<string>, known: ReadonlySet<string>): number {
  let count = 0;
  for (const term of terms) if (known.has(term)) count += 1;
  return count / Math.max(1, terms.size);
}
