import path from 'node:path';
import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import type { EngineProgress } from '../../electron/engine/engine.ts';
import type { TurnProgress } from '../../shared/contract/index.ts';
import { startScript } from '../store/child-script.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { startChat } from './chat-under-test.ts';

const report = (rawValue: EngineProgress): LanguageModelV4StreamPart => ({ type: 'raw', rawValue });
const reading = report({ phase: 'reading', readTokens: 10, cachedTokens: 0, totalTokens: 40 });
const thought: LanguageModelV4StreamPart = { type: 'reasoning-delta', id: 'r', delta: 'Let me see. ' };
const word: LanguageModelV4StreamPart = { type: 'text-delta', id: 't', delta: 'Some words' };
const call: LanguageModelV4StreamPart = { type: 'tool-call', toolCallId: 'one', toolName: 'mail.send', input: '{}' };
const permission: LanguageModelV4StreamPart = { type: 'tool-approval-request', approvalId: 'a', toolCallId: 'one' };

/** How the model brings an answer into a state, and what a window sees of it after a new start. */
const states: readonly (readonly [TurnProgress, readonly LanguageModelV4StreamPart[], string])[] = [
  [{ phase: 'starting' }, [], ''],
  [{ phase: 'queued', ahead: 3 }, [report({ phase: 'queued', ahead: 3 })], ''],
  [{ phase: 'loading', modelName: 'Main', fraction: 0.25 }, [report({ phase: 'loading', fraction: 0.25 })], ''],
  [{ phase: 'reading', readTokens: 10, totalTokens: 40 }, [report({ phase: 'queued', ahead: 0 }), reading], ''],
  [{ phase: 'restarting' }, [reading, report({ phase: 'restarting' })], ''],
  [{ phase: 'growing', contextTokens: 9000 }, [reading, report({ phase: 'growing', contextTokens: 9000 })], ''],
  [
    { phase: 'digesting', step: 'reading', part: 1, parts: 3 },
    [reading, { type: 'raw', rawValue: { phase: 'digesting', step: 'reading', part: 1, parts: 3 } }],
    '',
  ],
  [{ phase: 'thinking' }, [reading, thought], ''],
  [{ phase: 'answering' }, [reading, thought, word], 'Some words'],
  [{ phase: 'callingTool', toolName: 'mail.send' }, [word, call], 'Some words'],
  [{ phase: 'waitingForPermission', toolName: 'mail.send' }, [word, call, permission], 'Some words'],
];

const replySchema = z.object({ conversationId: z.string(), replyId: z.string() });

async function killIn(phase: TurnProgress['phase'], parts: readonly LanguageModelV4StreamPart[]) {
  const databasePath = path.join(tempFolder(), 'clawdbot.db');
  const child = startScript(`
    import { stayIn } from './test/chat/answering-child.ts';
    await stayIn(${JSON.stringify(databasePath)}, ${JSON.stringify(parts)});`);
  const first = await child.line((line) => line.includes('replyId'));
  await child.line((line) => line === JSON.stringify({ phase }));
  await child.kill();
  return { databasePath, ...replySchema.parse(JSON.parse(first)) };
}

describe.each(states)('an answer whose process was killed while it was %j', (progress, parts, text) => {
  test('comes back with what it said and what it was doing, and can be continued, tried again, or discarded', async () => {
    const { databasePath, conversationId, replyId } = await killIn(progress.phase, parts);
    let under = startChat({ databasePath });
    const before = await under.messages(conversationId);
    expect(before).toHaveLength(2);
    expect(before[1]).toMatchObject({ id: replyId, state: 'interrupted', text, error: null, interruptedIn: progress });
    expect(under.chat.list(null, 1).conversations[0]?.running).toBe(false);

    under.chat.continueReply(replyId);
    const continued = await under.models.main.nextCall();
    continued.say(' and the rest.');
    await under.finish(continued, conversationId);
    const [, after] = await under.messages(conversationId);
    expect(after).toMatchObject({ id: replyId, state: 'done', text: `${text} and the rest.` });
    expect(after?.interruptedIn).toBeUndefined();

    under = await under.restart();
    const retried = under.chat.regenerate(replyId, null);
    const second = await under.models.main.nextCall();
    second.say('Another.');
    await under.finish(second, conversationId);
    expect((await under.messages(conversationId))[1]).toMatchObject({ id: retried.replyId, version: { count: 2 } });

    under.chat.removeMessage(retried.replyId);
    expect((await under.messages(conversationId))[1]?.id).toBe(replyId);
    under.chat.restoreMessage(retried.replyId);
    expect((await under.messages(conversationId))[1]?.id).toBe(retried.replyId);
  });
});
