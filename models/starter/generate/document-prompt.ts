import type { Random } from './random.ts';
import type { Language } from './slot-lists.ts';

/**
 * How a document and the question about it reach the model. People paste in many ways; the app has one, the first of
 * each list.
 */
const english: readonly ((document: string, question: string) => string)[] = [
  (document, question) => `${document}\n\n${question}`,
  (document, question) => `Document:\n${document}\n\nQuestion: ${question}`,
  (document, question) => `${question}\n\n${document}`,
  (document, question) => `<document>\n${document}\n</document>\n\n${question}`,
  (document, question) => `Text: ${document}\n\n${question}`,
  (document, question) => `Answer from this text.\n\n${document}\n\n${question}`,
  (document, question) => `Here is a text:\n\n${document}\n\n${question}`,
];

const chinese: readonly ((document: string, question: string) => string)[] = [
  (document, question) => `${document}\n\n${question}`,
  (document, question) => `文档：\n${document}\n\n问题：${question}`,
  (document, question) => `${question}\n\n${document}`,
  (document, question) => `<document>\n${document}\n</document>\n\n${question}`,
  (document, question) => `根据下面的内容回答。\n\n${document}\n\n${question}`,
];

/** The form the app uses. */
export function documentPrompt(document: string, question: string): string {
  return `${document}\n\n${question}`;
}

export function anyDocumentPrompt(document: string, question: string, language: Language, random: Random): string {
  const forms = language === 'zh' ? chinese : english;
  return random.chance(0.4) ? documentPrompt(document, question) : random.pick(forms)(document, question);
}

export const absentAnswers: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'The document does not say.',
    'The document does not say.',
    'The document does not say that.',
    'That is not in the document.',
  ],
  zh: ['文档里没有提到。', '文档里没有提到。', '文档中没有说明。'],
};
