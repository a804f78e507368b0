import { pairsOf, wideScripts } from '../../shared/model/wide-scripts.ts';

/**
 * What a text is found by, in its order: words in small letters, numbers without the marks inside them, and each two
 * Chinese, Japanese or Korean characters that follow each other (one that stands alone as it is). English endings are
 * the index's business. Questions and texts have to go through the same function.
 */
export function termsOf(text: string): string[] {
  const terms: string[] = [];
  for (const [run] of text.normalize('NFKC').toLowerCase().matchAll(runs)) {
    if (ideographs.test(run)) terms.push(...pairsOf(run));
    else if (digit.test(run)) terms.push(run.replaceAll(/(?<=\d)[.,'](?=\d{3}(?!\d))/g, ''));
    else terms.push(run.replace(/['’]\p{L}+$/u, ''));
  }
  return terms;
}

/** The terms of a question that say what it is about, each once; all of them when it consists of small words only. */
export function askedTerms(question: string): string[] {
  const terms = [...new Set(termsOf(question))];
  const telling = terms.filter((term) => !smallWords.has(term));
  return telling.length > 0 ? telling : terms;
}

const runs = new RegExp(
  `[${wideScripts}]+|\\p{N}+(?:[.,']\\p{N}+)*|(?:(?![${wideScripts}])[\\p{L}\\p{M}])+(?:['’]\\p{L}+)?`,
  'gu',
);
const ideographs = new RegExp(`^[${wideScripts}]`, 'u');
const digit = /^\p{N}/u;

/** Fewer than in a conversation, where one asks what was said, mentioned or meant earlier: in a document these are words. */
const smallWords = new Set(
  [
    'a an the is are was were be been do does did of to in on at for from by with and or not it its this that these those',
    'what which who whom whose when where why how i me my you your he she they we us our their his her them there as if',
    'can could please tell me about has have had will would should may much many any some give find show say document',
    '的 了 是 在 我 你 他 她 它 吗 呢 什么 多少 哪里 哪个 怎么 请问 告诉 诉我 文档 文中 这个 那个 是什 是多 是谁 在哪 我想 想知 知道',
  ]
    .join(' ')
    .split(' '),
);
