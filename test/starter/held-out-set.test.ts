import { describe, expect, it } from 'vitest';

import { readEvalSet, type EvalEntry } from '../../models/starter/eval/eval-set.ts';
import { findSentences, splitSentences } from '../../shared/model/find-sentences.ts';
import { containsExactly, isRight } from '../../models/starter/eval/judge.ts';
import { readCorpus } from '../../models/starter/generate/corpus.ts';
import { heldOutQuestions } from '../../models/starter/generate/held-out-samples.ts';
import { chatTasks } from '../../models/starter/generate/held-out-tasks.ts';
import { take } from '../../models/starter/generate/take.ts';

const entries = readEvalSet();
const corpus = readCorpus();

function ofRow(row: EvalEntry['row'], language: 'en' | 'zh'): EvalEntry[] {
  return entries.filter((entry) => entry.row === row && entry.language === language);
}

describe('the committed held-out set', () => {
  it('is what the generator writes; after a change of the corpus it has to be written again', () => {
    const fresh = take(heldOutQuestions(corpus, 'en', 'eval', 12), 40);
    const committed = ofRow('doc_unseen', 'en').slice(0, 40);
    expect(committed).toEqual(
      fresh.map(({ document, question, value }) => ({
        row: 'doc_unseen',
        language: 'en',
        document,
        question,
        check: { kind: 'value', value },
      })),
    );
    expect(entries.filter(({ row }) => row === 'chat_patterns')).toEqual(chatTasks());
  });

  it('has enough of every row to tell a percent from chance', () => {
    expect(ofRow('doc_seen', 'en').length).toBeGreaterThanOrEqual(500);
    expect(ofRow('doc_unseen', 'en').length).toBeGreaterThanOrEqual(500);
    for (const row of ['doc_seen', 'doc_unseen', 'doc_absent', 'tool_call', 'title_summary'] as const) {
      expect(ofRow(row, 'zh').length).toBeGreaterThanOrEqual(100);
      expect(ofRow(row, 'en').length).toBeGreaterThanOrEqual(200);
    }
  });

  it('asks about documents of three facts or more that hold the value, and the sentences found mostly do too', () => {
    const asked = entries.flatMap((entry) => ('document' in entry && entry.check.kind === 'value' ? [entry] : []));
    for (const { document, check } of asked) expect(isRight(document, check)).toBe(true);
    const found = asked.filter((entry) =>
      isRight(findSentences(entry.document, entry.question, 3).join('\n'), entry.check),
    );
    expect(found.length / asked.length).toBeGreaterThan(0.85);
  });

  it('chats in words that the corpus does not have', () => {
    const learned = new Set(
      (['en', 'zh'] as const)
        .flatMap((language) => corpus.of('chat', language))
        .flatMap(({ q }) => q.map((text) => text.toLowerCase())),
    );
    const asked = chatTasks().flatMap((entry) => ('turns' in entry ? entry.turns.map(({ text }) => text) : []));
    expect(asked.filter((text) => learned.has(text.toLowerCase()))).toEqual([]);
  });
});

describe('judging an answer', () => {
  it('takes a value only as a whole', () => {
    expect(containsExactly('It is 12 km.', '12')).toBe(true);
    expect(containsExactly('It is 120 km.', '12')).toBe(false);
    expect(containsExactly('It is 3.12 km.', '12')).toBe(false);
    expect(containsExactly('It costs $1,250.', '$1,250')).toBe(true);
    expect(containsExactly('It costs $1,250.50.', '$1,250')).toBe(false);
    expect(containsExactly('Annabel wrote it.', 'Anna')).toBe(false);
    expect(containsExactly('价格是1280元。', '1280元')).toBe(true);
  });

  it('knows a refusal in both languages', () => {
    expect(isRight('The document does not say.', { kind: 'absent' })).toBe(true);
    expect(isRight('文档里没有提到。', { kind: 'absent' })).toBe(true);
    expect(isRight('It is 12.', { kind: 'absent' })).toBe(false);
  });

  it('takes a call of a tool with its arguments in any order, and nothing beside it', () => {
    const check = { kind: 'call', name: 'convert_units', arguments: { value: '3', from: 'km', to: 'mi' } } as const;
    const call = '{"arguments":{"to":"mi","from":"km","value":"3"},"name":"convert_units"}';
    expect(isRight(`<tool_call>${call}</tool_call>`, check)).toBe(true);
    expect(isRight(`Sure! <tool_call>${call}</tool_call>`, check)).toBe(false);
    expect(isRight(`<tool_call>${call.replace('3', '4')}</tool_call>`, check)).toBe(false);
    expect(isRight('<tool_call>{"name":</tool_call>', check)).toBe(false);
  });

  it('wants at least half of the names, and patterns kept', () => {
    expect(isRight('Anna goes.', { kind: 'mentions', values: ['Anna', 'Oslo'] })).toBe(true);
    expect(isRight('Somebody goes.', { kind: 'mentions', values: ['Anna', 'Oslo'] })).toBe(false);
    expect(isRight('I am Clawdbot.', { kind: 'patterns', must: ['clawdbot'], mustNot: ['human'] })).toBe(true);
    expect(isRight('Clawdbot, a human.', { kind: 'patterns', must: ['clawdbot'], mustNot: ['human'] })).toBe(false);
  });
});

describe('finding sentences', () => {
  it('gives those that fit best, in the order of the document', () => {
    const document = 'The van is red. The bus belongs to Anna Miller. It rains. The bus seats 40 people.';
    expect(findSentences(document, 'Who owns the bus, and how many does the bus seat?', 2)).toEqual([
      'The bus belongs to Anna Miller.',
      'The bus seats 40 people.',
    ]);
  });

  it('keeps the heading with each line of a form', () => {
    expect(splitSentences('The van\nWeight: 400 kg\nColor: red\n\nIt rains. Badly.')).toEqual([
      'The van\nWeight: 400 kg',
      'The van\nColor: red',
      'It rains.',
      'Badly.',
    ]);
  });

  it('finds Chinese by pairs of characters', () => {
    expect(findSentences('会议在周三举行。打印机坏了。门票8元。', '门票多少钱？', 1)).toEqual(['门票8元。']);
  });
});
