import { pairsOf, wideScripts as wide } from '../../shared/model/wide-scripts.ts';

const runs = new RegExp(
  `[${wide}]+|(?:(?![${wide}])[\\p{L}\\p{M}\\p{N}])+(?:['’.,:/-](?:(?![${wide}])[\\p{L}\\p{N}])+)*`,
  'gu',
);
const wideRun = new RegExp(`^[${wide}]`, 'u');

/** Words that say nothing about what is spoken of. */
const stopWords = new Set(
  `a about after again all also am an and any are as at be been before being but by can could did do does doing done
  don't for from get give given go got had has have he her here hers him his how i i'd i'll i'm i've if in into is it
  it's its just know let like make may me might mine more most much must my need no not now of off on once one only or
  other our ours out over own please said same say she should so some such tell than that that's the their theirs them
  then there these they this those thing things think through to too up us use very want was we we're well were what
  what's when where which while who whom whose why will with would yes you you're your yours again remember remind
  mention mentioned earlier ago exactly`.split(/\s+/u),
);
/** The same for pairs of characters. */
const wideStopPairs = new Set(
  `什么 怎么 为什 么时 时候 哪里 哪儿 哪个 哪天 多少 我们 你们 他们 她们 是什 是谁 是哪 一下 一个 这个 那个 可以 请问 告诉
  诉我 记得 还记 得吗 是不 不是 了吗 的是 我的 你的 他的 她的 们的 说过 之前 以前 我说 我跟 跟你 你说 个是 么是 有没 没有 是多
  在哪 叫什`.split(/\s+/u),
);

/**
 * The words of a text in the form in which they are compared: without case and the commonest English endings; of scripts
 * that put no spaces between words, every two characters. Words that say nothing are left out.
 */
export function termsOf(text: string): string[] {
  const terms: string[] = [];
  for (const [run] of text.matchAll(runs)) {
    if (wideRun.test(run)) {
      for (const pair of pairsOf(run)) if (!wideStopPairs.has(pair)) terms.push(pair);
      continue;
    }
    const word = run.toLowerCase().replaceAll('’', "'");
    if (stopWords.has(word)) continue;
    if (/^\p{N}/u.test(word)) {
      terms.push(word);
      continue;
    }
    for (const part of word.split(/[.,:/-]/u)) if (part.length > 1 && !stopWords.has(part)) terms.push(stem(part));
  }
  return terms;
}

/** What is left stands at the beginning of all forms of the word, so that it is found inside them. */
function stem(word: string): string {
  const base = word.replace(/'s?$/u, '').replace(/'(?:re|ve|ll|d|t|m)$/u, '');
  for (const [ending, least] of endings) {
    if (base.endsWith(ending) && base.length - ending.length >= least) return base.slice(0, -ending.length);
  }
  return base;
}

const endings: readonly (readonly [string, number])[] = [
  ['nesses', 4],
  ['ations', 4],
  ['ation', 4],
  ['ments', 4],
  ['ment', 4],
  ['iest', 3],
  ['ings', 3],
  ['ing', 3],
  ['ies', 3],
  ['ied', 3],
  ['ers', 4],
  ['er', 4],
  ['est', 4],
  ['ed', 3],
  ['es', 3],
  ['ly', 4],
  ['s', 3],
  ['y', 4],
  ['e', 4],
];

export type Script = 'wide' | 'other';

/** Which way of writing most of a text is in; undefined when it holds no letters. */
export function scriptOf(text: string): Script | undefined {
  // A long text shows it in its beginning.
  const sample = text.slice(0, 4000);
  const wideCount = sample.match(wideLetters)?.length ?? 0;
  const words = sample.match(otherWords)?.length ?? 0;
  if (wideCount + words === 0) return undefined;
  return wideCount > words ? 'wide' : 'other';
}

const wideLetters = new RegExp(`[${wide}]`, 'gu');
const otherWords = new RegExp(`(?:(?![${wide}])\\p{L})+`, 'gu');
