import { termsOf } from './terms.ts';

export interface Passage {
  readonly messageId: string;
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

export interface RankedPassage<P> {
  readonly passage: P;
  readonly score: number;
  /** The part of the question, by the weight of those of its words that stand anywhere, that it holds. */
  readonly share: number;
}

/**
 * Passages that fit a question, best first: Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework",
 * 2009) over the passages themselves. Those that hold the kind of thing asked for (a date for "when") come a little
 * sooner. A passage without any word of the question is left out. `population` is among how many pieces of text the
 * passages were found, when they are only those that hold a word at all: it makes the others' silence count.
 */
export function rankPassages<P extends { readonly text: string }>(
  passages: readonly P[],
  question: string,
  population = 0,
): RankedPassage<P>[] {
  const wanted = new Set(termsOf(question));
  if (wanted.size === 0) return [];
  const counted = passages.map((passage) => countTerms(passage.text, wanted));
  const holding = new Map<string, number>();
  for (const { found } of counted) for (const term of found.keys()) holding.set(term, (holding.get(term) ?? 0) + 1);
  const weight = (term: string): number => {
    const count = holding.get(term) ?? 0;
    return Math.log(1 + (Math.max(passages.length, population) - count + 0.5) / (count + 0.5));
  };
  const total = [...holding.keys()].reduce((sum, term) => sum + weight(term), 0);
  const meanTerms = counted.reduce((sum, { terms }) => sum + terms, 0) / Math.max(1, counted.length);
  const looksRight = answerPattern(question);
  return passages
    .flatMap((passage, index) => {
      const { found, terms } = counted[index] ?? { found: new Map<string, number>(), terms: 0 };
      if (found.size === 0) return [];
      let score = 0;
      let held = 0;
      for (const [term, times] of found) {
        const idf = weight(term);
        held += idf;
        score += (idf * (times * (saturation + 1))) / (times + saturation * lengthPenalty(terms, meanTerms));
      }
      const fit = looksRight?.test(passage.text) === true ? 1.25 : 1;
      return [{ passage, score: score * fit, share: total === 0 ? 0 : held / total }];
    })
    .toSorted((left, right) => right.score - left.score);
}

const saturation = 1.2;
const lengthWeight = 0.5;

function lengthPenalty(terms: number, meanTerms: number): number {
  return 1 - lengthWeight + (lengthWeight * terms) / Math.max(1, meanTerms);
}

function countTerms(text: string, wanted: ReadonlySet<string>): { found: Map<string, number>; terms: number } {
  const found = new Map<string, number>();
  const terms = termsOf(text);
  for (const term of terms) if (wanted.has(term)) found.set(term, (found.get(term) ?? 0) + 1);
  return { found, terms: terms.length };
}

const answers: readonly (readonly [question: RegExp, answer: RegExp])[] = [
  [
    /\bwhen\b|\bwhat (?:day|date|time|year)\b|\bbirthday\b|什么时候|几点|哪天|几号|哪一年|日期|生日/iu,
    /\d{1,2}[:.]\d{2}|\b\d{4}\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|[\d一二三四五六七八九十]+[年月日号点]|星期|周[一二三四五六日]/iu,
  ],
  [
    /\bhow (?:much|many|long|far|old|big|tall)\b|\bnumber\b|\bcosts?\b|\bprice\b|多少|几个|多大|多久|号码|价/iu,
    /\d|[一二三四五六七八九十百千万]+[个元块万岁]/u,
  ],
  [/\bwho\b|\bwhose\b|\bnames?\b|\bcalled\b|谁|叫什么|名字/iu, /[\s(][A-Z][a-z]+|叫|名/u],
  [
    /\bwhere\b|\bwhich (?:city|town|place|street)\b|\baddress\b|哪里|哪儿|在哪|地址/iu,
    /\b(?:in|at|near|to|from) [A-Z]|[在住到]|[市路街区]/u,
  ],
];

function answerPattern(question: string): RegExp | undefined {
  return answers.find(([asked]) => asked.test(question))?.[1];
}
