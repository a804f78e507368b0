import { pairsOf, wideScripts } from '../../wide-scripts.ts';

const runs = new RegExp(`[${wideScripts}]+|(?:(?![${wideScripts}])[\\p{L}\\p{M}])+`, 'gu');
const wide = new RegExp(`^[${wideScripts}]`, 'u');

/** Say nothing about what a sentence is about. */
const smallWords = new Set(
  [
    'a an the and or but if of to in on at for from by with without as is are was were be been being am do does did has have',
    'had it its this that these those there here he she they we you i me my your his her their our us them who whom which what',
    'when where why how not no nor so than then too very can could may might must shall should will would about into over under',
    'also only just more most other some any each every all both such per according document documents passage passages source',
    'states says stated mentions answer text file page yes',
    '的是 是在 我们 你们 他们 这个 那个 以及 并且 因此 所以 如果 可以 应当 需要 根据 文档 文件 文中 其中 以下 如下 答案 资料 来源',
  ]
    .join(' ')
    .split(' '),
);

/** What a sentence is about, each once: words without their endings, wide scripts by every two characters. Numbers are values. */
export function claimTerms(text: string): Set<string> {
  const terms = new Set<string>();
  for (const [run] of text.normalize('NFKC').toLowerCase().matchAll(runs)) {
    for (const term of wide.test(run) ? pairsOf(run) : [run]) {
      if (smallWords.has(term) || term.length < 2) continue;
      terms.add(stemOf(term));
    }
  }
  return terms;
}

function stemOf(word: string): string {
  if (word.length < 5 || !/^[a-z]+$/.test(word)) return word.replace(/s$/, '');
  return word.replace(/(?:ing|ed|ies|es|s|ly|e|y)$/, '');
}
