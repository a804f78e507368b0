import { describe, expect, test } from 'vitest';

import type { DocumentTask, TurnProgress } from '../../shared/contract/index.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { ScriptedCall } from '../fakes/scripted-language-model.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { ended, newRequestId, record, startChat, type ChatUnderTest } from './chat-under-test.ts';
import { addDocument, answerAll, askedOf, goodNotes, isNoting, longReport } from './long-report.ts';

const finalWords = 'The report is about harbours (p. 1).';
const goodAnswer = (call: ScriptedCall): string => (isNoting(call) ? goodNotes(call) : finalWords);

interface Asked {
  readonly under: ChatUnderTest;
  readonly documentId: string;
  ask(task: DocumentTask | null, text?: string, conversationId?: string | null): ReturnType<ChatUnderTest['ask']>;
}

async function withReport(text = longReport(40), options: Parameters<typeof startChat>[0] = {}): Promise<Asked> {
  const under = startChat({ contextTokens: 1536, ...options });
  const documentId = await addDocument(under.documents, tempFolder(), 'report.txt', text);
  const ask: Asked['ask'] = (task, words = 'Summary of report.txt', conversationId = null) =>
    under.chat.send({
      requestId: newRequestId(),
      conversationId,
      text: words,
      modelId: null,
      documentIds: [documentId],
      ...(task === null ? {} : { task }),
    });
  return { under, documentId, ask };
}

async function lastMessage(under: ChatUnderTest, conversationId: string) {
  return (await under.messages(conversationId)).at(-1);
}

describe('a summary of a long document', () => {
  test('reads every part once, says which, and writes from notes that carry their pages', async () => {
    const { under, ask } = await withReport();
    const { conversationId } = ask({ kind: 'summary' });
    const seen = record((signal) => under.chat.watchThread(conversationId, signal));
    answerAll(under.models.main, goodAnswer);
    await ended(under.chat, conversationId);
    const calls = under.models.main.calls;
    const noting = calls.filter(isNoting);
    expect(noting.length).toBeGreaterThan(3);
    const read = noting.map(askedOf).join('\n');
    for (let page = 1; page <= 40; page += 1) expect(read.split(`counted ${2000 + page} ships`)).toHaveLength(2);
    const last = askedOf(calls.at(-1) ?? (noting[0] as ScriptedCall));
    // The page the model wrote is not believed.
    expect(last).toContain('- In the year 1001 the harbour of Velden counted 2001 ships and 3001 sailors. (p. 1)');
    expect(last).not.toContain('999');
    const message = await lastMessage(under, conversationId);
    expect(message).toMatchObject({
      state: 'done',
      text: finalWords,
      stats: { promptTokens: calls.length * 10, replyTokens: 5 },
    });
    await seen.until((events) => events.some((event) => event.type === 'delta'));
    const parts = seen.events.flatMap((event): TurnProgress[] => (event.type === 'progress' ? [event.progress] : []));
    const reading = parts.flatMap((each) => (each.phase === 'digesting' && each.step === 'reading' ? [each] : []));
    expect([...new Set(reading.map(({ part }) => part))]).toEqual(noting.map((_, index) => index + 1));
    expect(new Set(reading.map(({ parts: all }) => all))).toEqual(new Set([noting.length]));
  });

  test('is told at once when it is asked for again, and asks only for its last words when another one is wanted', async () => {
    const { under, ask } = await withReport();
    answerAll(under.models.main, goodAnswer);
    const first = ask({ kind: 'summary' });
    await ended(under.chat, first.conversationId);
    const asked = under.models.main.calls.length;
    const second = ask({ kind: 'summary' }, 'Summary of report.txt');
    await ended(under.chat, second.conversationId);
    expect(under.models.main.calls.length).toBe(asked);
    expect(await lastMessage(under, second.conversationId)).toMatchObject({ state: 'done', text: finalWords });
    under.chat.regenerate(second.replyId, null);
    await ended(under.chat, second.conversationId);
    expect(under.models.main.calls.length).toBe(asked + 1);
    expect(under.models.main.calls.at(-1)?.lines.at(-1)).toContain('notes on all parts');
  });

  test('is the same task after it was edited, and after a restart', async () => {
    const { under, ask } = await withReport();
    answerAll(under.models.main, goodAnswer);
    const { conversationId, messageId } = ask({ kind: 'summary' });
    await ended(under.chat, conversationId);
    const asked = under.models.main.calls.length;
    under.chat.edit({ requestId: newRequestId(), messageId, text: 'In five lines, please', modelId: null });
    await ended(under.chat, conversationId);
    expect(under.models.main.calls.length).toBe(asked + 1);
    expect(askedOf(under.models.main.calls.at(-1) as ScriptedCall)).toContain('In five lines, please');
    const again = await under.restart();
    const [question] = await again.messages(conversationId);
    expect(question?.task).toEqual({ kind: 'summary' });
    answerAll(again.models.main, goodAnswer);
    again.chat.regenerate(question?.id ?? '', null);
    await ended(again.chat, conversationId);
    expect(again.models.main.calls.length).toBe(1);
  });

  test('stopped at any point goes on from there and does nothing twice', async () => {
    const whole = await withReport();
    answerAll(whole.under.models.main, goodAnswer);
    await ended(whole.under.chat, whole.ask({ kind: 'summary' }).conversationId);
    const all = whole.under.models.main.calls.length;
    for (let at = 0; at < all; at += 1) {
      const { under, ask } = await withReport();
      let open: ScriptedCall | undefined;
      answerAll(under.models.main, (call, index) => {
        if (index !== at) return goodAnswer(call);
        open = call;
        return undefined;
      });
      const { conversationId, replyId } = ask({ kind: 'summary' });
      await expect.poll(() => open !== undefined, { timeout: 20_000 }).toBe(true);
      expect(under.chat.stop(conversationId)).toBe(true);
      expect(await lastMessage(under, conversationId)).toMatchObject({ state: 'stopped' });
      expect(open?.aborted).toBe(true);
      expect(under.models.main.calls.length).toBe(at + 1);
      under.chat.continueReply(replyId);
      await ended(under.chat, conversationId);
      expect(await lastMessage(under, conversationId)).toMatchObject({ state: 'done', text: finalWords });
      expect(under.models.main.calls.length).toBe(all + 1);
    }
  });

  test('whose last words were cut off is continued after them', async () => {
    const { under, ask } = await withReport();
    let last: ScriptedCall | undefined;
    answerAll(under.models.main, (call) => {
      if (isNoting(call)) return goodNotes(call);
      last = call;
      return undefined;
    });
    const { conversationId, replyId } = ask({ kind: 'summary' });
    await expect.poll(() => last !== undefined, { timeout: 20_000 }).toBe(true);
    last?.say('The report');
    await expect.poll(async () => (await lastMessage(under, conversationId))?.text).toBe('The report');
    under.chat.stop(conversationId);
    const asked = under.models.main.calls.length;
    under.chat.continueReply(replyId);
    await expect.poll(() => under.models.main.calls.length, { timeout: 20_000 }).toBe(asked + 1);
    const resumed = under.models.main.calls.at(-1);
    expect(resumed?.lines.at(-1)).toBe('assistant: The report');
    resumed?.say(' is about harbours.');
    await under.finish(resumed as ScriptedCall, conversationId);
    expect(await lastMessage(under, conversationId)).toMatchObject({ text: 'The report is about harbours.' });
  });

  test('tries a part once more that came out badly, and says which pages it leaves out', async () => {
    const { under, ask } = await withReport();
    const bad: string[] = [];
    answerAll(under.models.main, (call) => {
      if (isNoting(call) && askedOf(call).includes('counted 2001 ships')) {
        bad.push(askedOf(call));
        return bad.length === 1 ? '' : 'the the the the the the the the the the';
      }
      return goodAnswer(call);
    });
    const { conversationId } = ask({ kind: 'summary' });
    await ended(under.chat, conversationId);
    expect(bad).toHaveLength(2);
    const message = await lastMessage(under, conversationId);
    expect(message?.text).toMatch(
      /^The report is about harbours \(p\. 1\)\.\n\n\*Pages 1–\d+ could not be summarised\.\*$/,
    );
  });

  test('survives an engine that dies in the middle of a part', async () => {
    const { under, ask } = await withReport();
    let crashed = 0;
    answerAll(under.models.main, (call) => {
      if (crashed === 0 && isNoting(call) && askedOf(call).includes('counted 2020 ships')) {
        crashed += 1;
        call.say('- In the');
        call.fail(new ClawdbotError('ENGINE_CRASHED', 'It died.', { reason: 'SIGSEGV' }));
        return undefined;
      }
      return goodAnswer(call);
    });
    const { conversationId } = ask({ kind: 'summary' });
    await ended(under.chat, conversationId);
    expect(crashed).toBe(1);
    expect(await lastMessage(under, conversationId)).toMatchObject({ state: 'done', text: finalWords });
  });

  test('reads a part in halves that turns out too long', async () => {
    const { under, ask } = await withReport();
    let refused = 0;
    answerAll(under.models.main, (call) => {
      if (isNoting(call) && refused === 0) {
        refused += 1;
        call.fail(new ClawdbotError('CONTEXT_FULL', 'Too long.', { neededTokens: 1700, contextTokens: 1536 }));
        return undefined;
      }
      return goodAnswer(call);
    });
    const { conversationId } = ask({ kind: 'summary' });
    await ended(under.chat, conversationId);
    const read = under.models.main.calls.slice(1).filter(isNoting).map(askedOf).join('\n');
    for (let page = 1; page <= 40; page += 1) expect(read.split(`counted ${2000 + page} ships`)).toHaveLength(2);
    expect(await lastMessage(under, conversationId)).toMatchObject({ state: 'done', text: finalWords });
  });

  test('asks for one part at a time, so that whoever else asks comes in between', async () => {
    const { under, ask } = await withReport();
    const { conversationId } = ask({ kind: 'summary' });
    const first = await under.models.main.nextCall();
    const other = under.ask('What is the tide?');
    const between = await under.models.main.nextCall();
    expect(between.lines.at(-1)).toBe('user: What is the tide?');
    first.say(goodNotes(first));
    first.finish();
    between.say('The moon.');
    await under.finish(between, other.conversationId);
    answerAll(under.models.main, goodAnswer);
    await ended(under.chat, conversationId);
    expect(await lastMessage(under, conversationId)).toMatchObject({ state: 'done', text: finalWords });
  });

  test('falls back to the sentences of the document when the model writes nothing of use', async () => {
    const { under, ask } = await withReport();
    answerAll(under.models.main, () => '');
    const { conversationId } = ask({ kind: 'summary' });
    await ended(under.chat, conversationId);
    const text = (await lastMessage(under, conversationId))?.text ?? '';
    expect(text).toMatch(/^The model wrote no summary that could be used\./);
    expect(text).toMatch(/\n- .*crowns for timber and rope\. \(p\. \d+\)/);
  });
});

test('a short document is read whole, in one piece', async () => {
  const { under, ask } = await withReport(longReport(3));
  answerAll(under.models.main, () => finalWords);
  const { conversationId } = ask({ kind: 'summary' });
  await ended(under.chat, conversationId);
  expect(under.models.main.calls).toHaveLength(1);
  expect(askedOf(under.models.main.calls[0] as ScriptedCall)).toMatch(
    /\[p\. 1\].*\[p\. 3\].*This is the whole document\./s,
  );
});

test('only the pages that were chosen are read', async () => {
  const { under, ask } = await withReport();
  answerAll(under.models.main, () => finalWords);
  const { conversationId } = ask({ kind: 'summary', pages: { from: 2, to: 3 } });
  await ended(under.chat, conversationId);
  const asked = under.models.main.calls.map(askedOf).join('\n');
  expect(asked.match(/counted \d+ ships/g)).toEqual(['counted 2002 ships', 'counted 2003 ships']);
});

describe('a few typed words', () => {
  test('about a long document do the same as the menu', async () => {
    const { under, ask } = await withReport();
    answerAll(under.models.main, goodAnswer);
    const { conversationId } = ask(null, 'Summarise this');
    await ended(under.chat, conversationId);
    expect(under.models.main.calls.filter(isNoting).length).toBeGreaterThan(3);
    const later = under.chat.send({ requestId: newRequestId(), conversationId, text: 'tl;dr', modelId: null });
    await ended(under.chat, conversationId);
    expect(await lastMessage(under, conversationId)).toMatchObject({ id: later.replyId, text: finalWords });
    expect(under.models.main.calls.at(-1)?.lines.at(-1)).toContain('notes on all parts');
  });

  test('about a short one are a question like any other', async () => {
    const { under, ask } = await withReport(longReport(2));
    answerAll(under.models.main, () => 'It is short.');
    const { conversationId } = ask(null, 'Summarise this');
    await ended(under.chat, conversationId);
    expect(under.models.main.calls[0]?.lines.at(-1)).toBe('user: Summarise this');
  });
});
