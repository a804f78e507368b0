import { tryChooseValues, type ValueWishes } from './choose-values.ts';
import type { Corpus } from './corpus.ts';
import { splitOfRelation, type Split } from './held-out.ts';
import { documentPrompt } from './document-prompt.ts';
import { ask, type Sample } from './sample.ts';
import type { Language } from './slot-lists.ts';
import { fillSlots, slotsOf } from './slot-types.ts';

/** Makes one sample; undefined when the values ran out. */
export type TryMake = (wishes: ValueWishes) => Sample | undefined;

const pleas = {
  en: {
    summary: [
      'Summarize this text.',
      'Summarize',
      'Give me a short summary.',
      'What is this about? Two sentences at most.',
      'summary please',
      'Sum this up for me.',
      'TL;DR',
      'Can you summarize the text?',
    ],
    title: [
      'Give this text a title.',
      'Write a title.',
      'Suggest a short title.',
      'title for this?',
      'What would be a good headline?',
      'Name this text in a few words.',
    ],
    bullets: [
      'List the main points.',
      'Bullet points, please.',
      'Key points?',
      'Give me the most important points as a list.',
      'Turn this into bullets.',
      'main facts as a list',
    ],
  },
  zh: {
    summary: ['总结一下这段文字。', '概括', '请写一个简短的摘要。', '这段讲了什么？', '用一两句话总结', '帮我归纳一下'],
    title: ['给这段文字起个标题。', '写一个标题', '起个短标题', '这篇文章叫什么好？', '取个题目'],
    bullets: ['列出要点。', '请分条列出重点', '主要内容有哪些？列出来', '改成要点'],
  },
} as const;

/**
 * Chats keep their questions: an answer about the app cannot be guessed. What is held out are ways of asking, the third
 * of each object.
 */
export function chats(corpus: Corpus, language: Language, split: Split): TryMake[] {
  return corpus.of('chat', language).map(({ q, a }) => (wishes) => {
    const questions = q.filter((_, index) => (index === 2 && q.length > 3) === (split === 'eval'));
    const question = wishes.random.pick(questions.length === 0 ? q : questions);
    const answer = wishes.random.pick(a);
    const values = tryChooseValues(slotsOf(`${question} ${answer}`), [...q, ...a], wishes);
    return values && ask('chat', fillSlots(question, values), fillSlots(answer, values));
  });
}

export function dialogs(corpus: Corpus, language: Language): TryMake[] {
  return corpus.of('dlg', language).map(({ turns }) => (wishes) => {
    const texts = turns.map(([, text]) => text);
    const values = tryChooseValues(slotsOf(texts.join(' ')), texts, wishes);
    if (values === undefined) return undefined;
    return {
      kind: 'dialog',
      turns: turns.map(([who, text]) => ({ role: who === 'u' ? 'user' : 'assistant', text: fillSlots(text, values) })),
    };
  });
}

export function summaries(corpus: Corpus, language: Language, split: Split): TryMake[] {
  const entries = corpus.of('sum', language).filter(({ text }) => splitOfRelation(text) === split);
  return entries.map(({ text, summary, title, bullets }) => (wishes) => {
    const { random } = wishes;
    const all = [text, ...summary, ...title, ...bullets];
    const values = tryChooseValues(slotsOf(all.join(' ')), all, wishes);
    if (values === undefined) return undefined;
    const kind = random.pick(['summary', 'title', 'bullets'] as const);
    const written =
      kind === 'bullets'
        ? bullets.map((line) => `- ${line}`).join('\n')
        : random.pick(kind === 'title' ? title : summary);
    const plea = random.pick(pleas[language][kind]);
    const document = fillSlots(text, values);
    const question = random.chance(0.6) ? documentPrompt(document, plea) : `${plea}\n\n${document}`;
    return ask(kind, question, fillSlots(written, values));
  });
}

export function rewrites(corpus: Corpus, language: Language, split: Split): TryMake[] {
  const entries = corpus.of('rewrite', language).filter((entry) => splitOfRelation(entry.in) === split);
  return entries.map((entry) => (wishes) => {
    const { random } = wishes;
    const values = tryChooseValues(slotsOf([entry.in, ...entry.out].join(' ')), [entry.in, ...entry.out], wishes);
    if (values === undefined) return undefined;
    const [plea, text] = [random.pick(entry.instr), fillSlots(entry.in, values)];
    const question = random.chance(0.5)
      ? `${plea}${/[.:?!]$/.test(plea) ? '' : ':'}\n\n${text}`
      : documentPrompt(text, plea);
    return ask('rewrite', question, fillSlots(random.pick(entry.out), values));
  });
}

export function extracts(corpus: Corpus, language: Language, split: Split): TryMake[] {
  const entries = corpus.of('extract', language).filter(({ text }) => splitOfRelation(text) === split);
  return entries.map(({ text, instr, out }) => (wishes) => {
    const { random } = wishes;
    const values = tryChooseValues(slotsOf(`${text} ${out}`), [text, out], wishes);
    if (values === undefined) return undefined;
    const [plea, document] = [random.pick(instr), fillSlots(text, values)];
    const question = random.chance(0.5) ? `${plea}\n\n${document}` : documentPrompt(document, plea);
    return ask('extract', question, fillSlots(out, values));
  });
}
