import { describe, expect, test } from 'vitest';

import type { DocumentTask } from '../../shared/contract/index.ts';
import type { ScriptedCall } from '../fakes/scripted-language-model.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { ended, newRequestId, startChat, type ChatUnderTest } from './chat-under-test.ts';
import { addDocument, answerAll, askedOf, longReport } from './long-report.ts';

async function run(
  task: DocumentTask,
  text: string,
  answer: (call: ScriptedCall, index: number) => string | undefined,
  options: Parameters<typeof startChat>[0] & { words?: string } = {},
) {
  const under = startChat({ contextTokens: 1536, ...options });
  const documentId = await addDocument(under.documents, tempFolder(), 'report.txt', text);
  answerAll(under.models.main, answer);
  const reply = under.chat.send({
    requestId: newRequestId(),
    conversationId: null,
    text: options.words ?? 'To do with report.txt',
    modelId: null,
    documentIds: [documentId],
    task,
  });
  await ended(under.chat, reply.conversationId);
  return { under, ...reply, ...(await answerOf(under, reply.conversationId)), calls: under.models.main.calls };
}

async function answerOf(under: ChatUnderTest, conversationId: string): Promise<{ text: string; state: string }> {
  const message = (await under.messages(conversationId)).at(-1);
  return { text: message?.text ?? '', state: message?.state ?? '' };
}

/** What stands first in a piece. */
const firstPage = (call: ScriptedCall): number => Number(/\[p\. (\d+)\]/.exec(askedOf(call))?.[1]);

describe('key facts', () => {
  test('are kept when their numbers and names stand on the pages, and carry the page they stand on', async () => {
    const { text, calls } = await run({ kind: 'keyFacts' }, longReport(40), (call) => {
      const page = firstPage(call);
      return [
        'Here are some facts:',
        `- In ${1000 + page} the harbour counted ${2000 + page} ships (p. 77)`,
        `- The keeper paid ${9000 + page} crowns`,
        `- The keeper repaired the northern wall with Admiral Nelson`,
      ].join('\n');
    });
    expect(calls.length).toBeGreaterThan(2);
    const lines = text.split('\n');
    expect(lines[0]).toBe('- In 1001 the harbour counted 2001 ships (p. 1)');
    expect(lines).toHaveLength(calls.length);
    expect(text).not.toMatch(/9\d{3}|Nelson|77/);
  });

  test('in Chinese for a person who asks in Chinese', async () => {
    const pages = '甲方应在三月十二日前缴纳押金 2400 元。\f乙方负责修理暖气，费用为 860 元。';
    const { text, calls } = await run(
      { kind: 'keyFacts' },
      pages,
      () => '- 押金为 2400 元\n- 修理暖气的费用为 860 元\n- 违约金为 5000 元',
      { words: 'report.txt 的关键事实' },
    );
    expect(calls).toHaveLength(1);
    expect(askedOf(calls[0] as ScriptedCall)).toContain('最重要的事实');
    expect(text).toBe('- 押金为 2400 元 （第 1 页）\n- 修理暖气的费用为 860 元 （第 2 页）');
  });
});

describe('a table of contents', () => {
  test('is the document’s own titles, and no model is asked', async () => {
    const { text, calls, state } = await run({ kind: 'outline' }, longReport(12), () => '');
    expect(calls).toHaveLength(0);
    expect(state).toBe('done');
    expect(text).toBe(
      '- Chapter 1 about Velden · p. 1\n- Chapter 2 about Marsk · p. 6\n- Chapter 3 about Oster · p. 11',
    );
  });

  test('is asked for where a document has no titles', async () => {
    const { text, calls } = await run({ kind: 'outline' }, longReport(40, false), (call) => {
      const page = firstPage(call);
      return `- The harbour counted ${2000 + page} ships\n- The keeper repaired the northern wall`;
    });
    expect(calls.length).toBeGreaterThan(2);
    expect(text.split('\n')[0]).toBe('- The harbour counted 2001 ships · p. 1');
    // Said about every part, told once.
    expect(text.match(/northern wall/g)).toHaveLength(1);
  });
});

test('questions to ask are questions about the document, each once', async () => {
  const { text } = await run({ kind: 'questions' }, longReport(40), (call) =>
    firstPage(call) === 1
      ? '- Why was the northern wall repaired?\n- It was old.'
      : '- Why was the northern wall repaired?\n- Who painted the lighthouse?',
  );
  expect(text.split('\n')).toEqual(['- Why was the northern wall repaired?', '- Who painted the lighthouse?']);
});

/** Words that no two years share. */
function hanzi(year: number): string {
  return String.fromCodePoint(...Array.from({ length: 24 }, (_, at) => 0x4e00 + ((year * 37 + at * 211) % 9000)));
}

describe('a translation', () => {
  const task: DocumentTask = { kind: 'translate', language: 'zh-Hans' };
  const translated = (call: ScriptedCall): string =>
    askedOf(call)
      .replace(/\n\nTranslate all.*$/s, '')
      .split('\n\n')
      .map((line) =>
        /#/.test(line)
          ? '# 第一章 关于港口'
          : `${/\d{4}/.exec(line)?.[0] ?? ''}年${hanzi(Number(/\d{4}/.exec(line)?.[0]))}。`,
      )
      .join('\n\n');

  test('comes piece by piece, in order, with its titles, each once', async () => {
    const { text, calls, state } = await run(task, longReport(40), translated);
    expect(state).toBe('done');
    expect(calls.length).toBeGreaterThan(4);
    expect(text.match(/^# /gm)).toHaveLength(8);
    const years = [...text.matchAll(/(1\d{3})年/g)].map((found) => Number(found[1]));
    expect(years).toEqual(Array.from({ length: 40 }, (_, index) => 1001 + index));
  });

  test('says in its place what could not be translated, and goes on after it was stopped', async () => {
    const under = startChat({ contextTokens: 1536 });
    const documentId = await addDocument(under.documents, tempFolder(), 'report.txt', longReport(40));
    let held = false;
    answerAll(under.models.main, (call) => {
      if (askedOf(call).includes('2001 ships')) return 'In English again.';
      if (!held && askedOf(call).includes('2030 ships')) {
        held = true;
        return undefined;
      }
      return translated(call);
    });
    const request = { requestId: newRequestId(), conversationId: null, modelId: null, documentIds: [documentId] };
    const { conversationId, replyId } = under.chat.send({ ...request, text: '把 report.txt 译成中文', task });
    await expect.poll(() => held, { timeout: 20_000 }).toBe(true);
    under.chat.stop(conversationId);
    const cut = (await answerOf(under, conversationId)).text;
    expect(cut).toMatch(/^\*第 1–\d+ 页未能翻译。\*\n\n/);
    const asked = under.models.main.calls.length;
    under.chat.continueReply(replyId);
    await ended(under.chat, conversationId);
    const { text, state } = await answerOf(under, conversationId);
    expect(state).toBe('done');
    expect(text.startsWith(cut)).toBe(true);
    expect(text).not.toContain('---');
    // What is in the answer already is not asked for again, but for what had failed.
    const again = under.models.main.calls.slice(asked).map(askedOf).join('\n');
    expect(again).not.toContain('2012 ships');
    const years = [...text.matchAll(/(1\d{3})年/g)].map((found) => Number(found[1]));
    expect(new Set(years).size).toBe(years.length);
    expect(years.at(-1)).toBe(1040);
  });
});

describe('the model that comes with the app', () => {
  test('names a document, and the summary is sentences of it with their pages', async () => {
    const { text, calls } = await run({ kind: 'summary' }, longReport(40), () => 'Harbours and their keepers', {
      starter: true,
    });
    expect(calls).toHaveLength(1);
    expect(askedOf(calls[0] as ScriptedCall)).toMatch(/\n\nGive this text a title\.$/);
    const [title, , ...lines] = text.split('\n');
    expect(title).toBe('**Harbours and their keepers**');
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) {
      const [, sentence, page] = /^- (.*) \(p\. (\d+)\)$/.exec(line) ?? [];
      expect(longReport(40).split('\f')[Number(page) - 1]).toContain(sentence);
    }
  });

  test.each([
    ['keyFacts', /^- In the year 10\d\d the harbour of \w+ counted .* \(p\. \d+\)$/m],
    ['questions', /^- What does it say about “Chapter 1 about Velden”\?$/m],
    ['outline', /^- Chapter 1 about Velden · p\. 1$/m],
  ] as const)('makes %s of what stands in the document', async (kind, expected) => {
    const { text, calls } = await run({ kind }, longReport(40), () => 'x', { starter: true });
    expect(calls).toHaveLength(0);
    expect(text).toMatch(expected);
  });

  test('says that it cannot translate', async () => {
    const { text } = await run({ kind: 'translate', language: 'de' }, longReport(4), () => 'x', { starter: true });
    expect(text).toContain('cannot translate');
  });
});
