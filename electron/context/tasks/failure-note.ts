import { rangeWords } from './page-words.ts';
import type { DoneStretch } from './digest-pieces.ts';
import { isNamed, type TaskWork } from './task-work.ts';

const english: Readonly<Record<TaskWork['task']['kind'], string>> = {
  summary: 'could not be summarised',
  keyFacts: 'gave no facts that could be checked',
  outline: 'could not be given headings',
  questions: 'gave no questions',
  translate: 'could not be translated',
};

const chinese: Readonly<Record<TaskWork['task']['kind'], string>> = {
  summary: '未能概括',
  keyFacts: '没有得到可核对的事实',
  outline: '未能列出标题',
  questions: '没有得到问题',
  translate: '未能翻译',
};

/** Says which pages an answer leaves out: `*Pages 31–38 could not be summarised.*` */
export function failureNote(failed: readonly Pick<DoneStretch, 'passages'>[], work: TaskWork): string {
  const { language, task } = work;
  const named = isNamed(work);
  const ranges = failed.map(({ passages }) => rangeWords(passages, language, named));
  return language === 'zh'
    ? `*${ranges.join('、')}${chinese[task.kind]}。*`
    : `*${ranges.join(', ').replaceAll(/(?<=, )\p{Lu}/gu, (letter) => letter.toLowerCase())} ${english[task.kind]}.*`;
}
