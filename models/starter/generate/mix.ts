import type { Corpus } from './corpus.ts';
import { composedFacts } from './composed-facts.ts';
import { copying } from './copying.ts';
import { documentQuestions } from './questions.ts';
import { createRandom, type Random } from './random.ts';
import type { Sample } from './sample.ts';
import type { Language } from './slot-lists.ts';
import { chats, dialogs, extracts, rewrites, summaries, type TryMake } from './small-tasks.ts';
import { toolCalls, toollessChats } from './tool-calls.ts';
import { writtenFacts } from './written-facts.ts';

/** How training goes on: copying and short documents first, long documents and absent facts late. */
export interface Stage {
  readonly name: string;
  readonly leastFacts: number;
  readonly mostFacts: number;
  readonly absentShare: number;
  readonly retrievedShare: number;
  readonly shares: Readonly<Record<Task, number>>;
}

type Task = 'copy' | 'composed' | 'written' | 'mixed' | 'chat' | 'dialog' | 'summary' | 'rewrite' | 'extract' | 'tool';

export const stages: readonly Stage[] = [
  {
    name: 'copying',
    leastFacts: 1,
    mostFacts: 4,
    absentShare: 0,
    retrievedShare: 0,
    shares: {
      copy: 30,
      composed: 34,
      written: 10,
      mixed: 6,
      chat: 12,
      dialog: 1,
      summary: 1,
      rewrite: 1,
      extract: 1,
      tool: 4,
    },
  },
  {
    name: 'documents',
    leastFacts: 2,
    mostFacts: 8,
    absentShare: 0,
    retrievedShare: 0.2,
    shares: {
      copy: 6,
      composed: 36,
      written: 12,
      mixed: 10,
      chat: 15,
      dialog: 3,
      summary: 6,
      rewrite: 2,
      extract: 3,
      tool: 7,
    },
  },
  {
    name: 'long documents',
    leastFacts: 3,
    mostFacts: 12,
    absentShare: 0.03,
    retrievedShare: 0.3,
    shares: {
      copy: 3,
      composed: 32,
      written: 12,
      mixed: 14,
      chat: 15,
      dialog: 3,
      summary: 8,
      rewrite: 2,
      extract: 3,
      tool: 8,
    },
  },
];

const chineseShare = 0.25;
/** People give instructions for every conversation; the model must not stumble over them. */
const instructedShare = 0.08;
const instructions: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'You are Clawdbot, a private assistant.',
    'Answer briefly.',
    'Be kind and clear.',
    'You are a helpful assistant.',
    'I am a teacher. Keep answers short.',
  ],
  zh: ['你是 Clawdbot，一个私人助手。', '回答要简短。', '请用清楚的话回答。', '我是老师，请简单回答。'],
};
const longestSampleChars = 3000;

/** Endless samples of a stage for learning; the same seed gives the same ones. */
export function* trainingSamples(corpus: Corpus, stage: Stage, seed: number): Generator<Sample> {
  const random = createRandom(seed);
  const makers = { en: makersOf(corpus, 'en', stage), zh: makersOf(corpus, 'zh', stage) };
  for (;;) {
    const language: Language = random.chance(chineseShare) ? 'zh' : 'en';
    const makes = makers[language][pickTask(stage, random)];
    if (makes.length === 0) continue;
    const sample = random.pick(makes)({ language, split: 'train', random });
    if (sample === undefined || lengthOf(sample) > longestSampleChars) continue;
    yield sample.turns[0]?.role !== 'system' && random.chance(instructedShare)
      ? { ...sample, turns: [{ role: 'system', text: random.pick(instructions[language]) }, ...sample.turns] }
      : sample;
  }
}

function makersOf(corpus: Corpus, language: Language, stage: Stage): Readonly<Record<Task, readonly TryMake[]>> {
  const composed = composedFacts(corpus, language);
  const composedSources = composed.sources.filter(({ split }) => split === 'train');
  const written = writtenFacts(corpus, language).filter(({ split }) => split === 'train');
  const subjects = composed.subjects('train');
  const none = { tryFill: () => [] };
  const chatMakers = chats(corpus, language, 'train');
  return {
    copy: [copying(language)],
    composed: [documentQuestions({ ...stage, language, sources: composedSources, subjects })],
    written: [documentQuestions({ ...stage, language, sources: written, subjects: none })],
    mixed: [documentQuestions({ ...stage, language, sources: [...written, ...composedSources], subjects })],
    chat: chatMakers,
    dialog: dialogs(corpus, language),
    summary: summaries(corpus, language, 'train'),
    rewrite: rewrites(corpus, language, 'train'),
    extract: extracts(corpus, language, 'train'),
    tool: [...toolCalls(corpus, language, 'train'), ...Array.from({ length: 8 }, () => toollessChats(chatMakers))],
  };
}

function pickTask({ shares }: Stage, random: Random): Task {
  let rest = random.next() * Object.values(shares).reduce((sum, share) => sum + share, 0);
  for (const task of tasks) {
    rest -= shares[task];
    if (rest < 0) return task;
  }
  return 'composed';
}

const tasks = [
  'copy',
  'composed',
  'written',
  'mixed',
  'chat',
  'dialog',
  'summary',
  'rewrite',
  'extract',
  'tool',
] as const satisfies readonly Task[];

function lengthOf({ turns }: Sample): number {
  return turns.reduce((sum, { text }) => sum + text.length, 0);
}
