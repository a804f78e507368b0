import type { Fact } from '../../shared/contract/index.ts';
import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import { factRules } from './fact-rules.ts';
import { splitSentences } from './sentences.ts';

export interface SourceMessage {
  readonly id: string;
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

export interface WeighedFact extends Fact {
  readonly weight: number;
}

/** Shorter ones say nothing by themselves, longer ones are no fact but a story. */
const fewestChars = 4;
const mostChars = 240;
/** Code and tables are full of numbers, and none of them is told to be remembered. */
const notProse = /^\s*(?:```|[|>{}[\]<]|\d+\s*[|│]|at \S+ \()|[{};=<>]{2}|^[^\p{L}\p{N}]*$/u;

/**
 * Sentences that hold a name, a number, a date, an amount, a decision, a promise or something that the person told about
 * themselves; each as it stands in its message, in the order of the messages.
 */
export function extractFacts(messages: readonly SourceMessage[]): WeighedFact[] {
  return dropOutdated(
    messages.flatMap(({ id, role, text }) => {
      let inCode = false;
      return splitSentences(text).flatMap((sentence): WeighedFact[] => {
        if (sentence.text.startsWith('```')) inCode = !inCode;
        if (inCode || sentence.text.length < fewestChars || sentence.text.length > mostChars) return [];
        if (notProse.test(sentence.text) || isQuestion(sentence.text)) return [];
        const kinds = factRules.filter(
          ({ pattern, from }) => (from === undefined || from === role) && pattern.test(sentence.text),
        );
        const [best] = kinds.toSorted((left, right) => right.weight - left.weight);
        if (best === undefined) return [];
        // What holds several of them, and what the person said, would be missed more.
        const weight = best.weight + 0.75 * (kinds.length - 1) + (role === 'user' ? 1 : 0);
        return [{ kind: best.kind, text: sentence.text, messageId: id, role, weight }];
      });
    }),
  );
}

/** Whether a fact says what its source says: it stands there to the letter. */
export function standsIn(fact: Fact, messages: readonly SourceMessage[]): boolean {
  return messages.some(({ id, role, text }) => id === fact.messageId && role === fact.role && text.includes(fact.text));
}

/** The weightiest that fit into a budget, in their order. */
export function chooseFacts(facts: readonly WeighedFact[], budgetTokens: number): WeighedFact[] {
  const chosen = new Set<WeighedFact>();
  let tokens = 0;
  for (const fact of facts.toSorted((left, right) => right.weight - left.weight)) {
    const size = factTokens(fact);
    if (tokens + size > budgetTokens) continue;
    tokens += size;
    chosen.add(fact);
  }
  return facts.filter((fact) => chosen.has(fact));
}

/** In a list, with its mark and the line break. */
export function factTokens({ text }: Fact): number {
  return estimateTokens(text) + 4;
}

/** "My flight is ..." said again takes the place of what was said before. */
function dropOutdated(facts: readonly WeighedFact[]): WeighedFact[] {
  const newest = new Map<string, WeighedFact>();
  for (const fact of facts) newest.set(subjectOf(fact) ?? fact.text, fact);
  return facts.filter((fact) => newest.get(subjectOf(fact) ?? fact.text) === fact);
}

function subjectOf({ text, kind }: Fact): string | undefined {
  const subject =
    /^(?:(?:well|so|ok|oh|and|actually|by the way|sorry|no),? )*((?:my|our|the) [\w' -]{2,40}?) (?:is|are|was|will be)\b/iu.exec(
      text,
    );
  if (subject?.[1] !== undefined) return `${kind} ${subject[1].toLowerCase().replaceAll(/\b(?:new|now)\b ?/gu, '')}`;
  const wideSubject = /^(我(?:的)?[\p{Script=Han}]{1,6}?)(?:现在)?(?:是|叫|改成|改到|在)/u.exec(text);
  return wideSubject?.[1] === undefined ? undefined : `${kind} ${wideSubject[1]}`;
}

function isQuestion(text: string): boolean {
  return /[?？]["'”’)]*$/u.test(text);
}
