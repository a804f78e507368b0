import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { startScript } from '../store/child-script.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { ended, startChat } from './chat-under-test.ts';
import { answerAll, goodNotes, isNoting } from './long-report.ts';

const replySchema = z.object({ conversationId: z.string(), replyId: z.string() });

/** The report has so many parts; then come the last words. */
const parts = 4;

test.each(Array.from({ length: parts + 1 }, (_, index) => [index]))(
  'a summary whose process was killed at its request %i goes on without doing again what was done',
  async (at) => {
    const databasePath = path.join(tempFolder(), 'clawdbot.db');
    const child = startScript(`
      import { summariseUntil } from './test/chat/task-child.ts';
      await summariseUntil(${JSON.stringify(databasePath)}, ${JSON.stringify(tempFolder())}, ${at});`);
    const reply = replySchema.parse(JSON.parse(await child.line((line) => line.includes('replyId'))));
    await child.line((line) => line === JSON.stringify({ at }));
    await child.kill();
    const under = startChat({ databasePath, contextTokens: 1536 });
    const [question, before] = await under.messages(reply.conversationId);
    expect(question?.task).toEqual({ kind: 'summary' });
    const interruptedIn = at < parts ? { phase: 'digesting', step: 'reading' } : { phase: 'answering' };
    expect(before).toMatchObject({ state: 'interrupted', text: at < parts ? '' : 'The report', interruptedIn });
    answerAll(under.models.main, (call) => (isNoting(call) ? goodNotes(call) : ' and its harbours.'));
    under.chat.continueReply(reply.replyId);
    await ended(under.chat, reply.conversationId);
    expect(under.models.main.calls).toHaveLength(parts + 1 - at);
    const [, after] = await under.messages(reply.conversationId);
    const text = at < parts ? ' and its harbours.' : 'The report and its harbours.';
    expect(after).toMatchObject({ id: reply.replyId, state: 'done', text });
  },
);
