import type { DocumentBlock } from '../../../../shared/model/documents/extracted-document.ts';
import { onlySimplified, onlyTraditional } from './frequent-characters.ts';

/** Enough to tell, however long the document is. */
const sampleChars = 20_000;
/** Below this, a name or a number decides. */
const leastLetters = 20;

/** Collects text until it is enough to tell the language of all of it. */
export function createLanguageSample(): { add(block: DocumentBlock): void; guess(): string | null } {
  let sample = '';
  return {
    add(block) {
      if (sample.length >= sampleChars || block.kind === 'code') return;
      const text = block.kind === 'table' ? [block.header ?? [], ...block.rows].flat().join(' ') : block.text;
      sample += `${text.slice(0, sampleChars)} `;
    },
    guess: () => guessLanguage(sample.slice(0, sampleChars)),
  };
}

/** Small words that are frequent in one of the languages of Latin script. */
const smallWords: Readonly<Record<string, string>> = {
  en: 'the of and to in is that for it was on with as are be this by from or not have which at',
  de: 'der die und das in von zu den mit ist nicht ein eine des dem auf für im sich auch werden oder',
  fr: 'le la les et des en un une du est que dans qui pour pas sur au avec sont par ce plus',
  es: 'el la los las de y en que un una por con para es del se no al como más su',
  it: 'il di e che la un una per in non sono del della con si le dei da al più è',
  pt: 'o de e que do da em um uma para com não os as dos por no na se ao é',
  nl: 'de het een van en in is dat op te voor met zijn niet aan er om ook als bij door',
};

/** @returns a BCP 47 tag, or null where there is too little text to tell */
function guessLanguage(text: string): string | null {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const kana = count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  // A character of these scripts says about as much as two letters of others.
  const scripts = {
    han: 2 * count(/\p{Script=Han}/gu),
    hangul: 2 * count(/\p{Script=Hangul}/gu),
    latin: count(/\p{Script=Latin}/gu),
    ru: count(/\p{Script=Cyrillic}/gu),
    el: count(/\p{Script=Greek}/gu),
    ar: count(/\p{Script=Arabic}/gu),
    he: count(/\p{Script=Hebrew}/gu),
    hi: count(/\p{Script=Devanagari}/gu),
    th: count(/\p{Script=Thai}/gu),
  };
  scripts.han += 2 * kana;
  const [script, most] = Object.entries(scripts).reduce((a, b) => (b[1] > a[1] ? b : a));
  if (most < leastLetters) return null;
  switch (script) {
    case 'han':
      return kana > most / 20 ? 'ja' : chineseScript(text);
    case 'hangul':
      return 'ko';
    case 'latin':
      return latinLanguage(text);
    default:
      return script;
  }
}

function chineseScript(text: string): string {
  let balance = 0;
  for (const character of text) {
    if (onlySimplified.has(character)) balance += 1;
    else if (onlyTraditional.has(character)) balance -= 1;
  }
  return balance < 0 ? 'zh-Hant' : 'zh-Hans';
}

function latinLanguage(text: string): string | null {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const scores = Object.entries(smallWords).map(([language, list]): [string, number] => {
    const known = new Set(list.split(' '));
    return [language, words.reduce((sum, word) => sum + (known.has(word) ? 1 : 0), 0) / known.size];
  });
  const [language, best] = scores.reduce((a, b) => (b[1] > a[1] ? b : a));
  return best * 22 >= Math.max(2, words.length / 25) ? language : null;
}
