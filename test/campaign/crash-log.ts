import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

import { z } from 'zod';

const branchSchema = z.object({
  id: z.string(),
  removed: z.boolean(),
  title: z.string(),
  pinned: z.boolean(),
  /** The newest messages of the branch on screen, oldest first. */
  branch: z.array(z.string()),
});

const importedConversationSchema = z.object({
  id: z.string(),
  title: z.string(),
  pinned: z.boolean(),
  messages: z.array(
    z.object({
      id: z.string(),
      parentId: z.string().nullable(),
      role: z.enum(['user', 'assistant']),
      text: z.string(),
      state: z.enum(['done', 'stopped']),
    }),
  ),
});
export type ImportedConversation = z.infer<typeof importedConversationSchema>;

const lineSchema = z.discriminatedUnion('type', [
  /** A process begins; the one before it was killed. */
  z.object({ type: z.literal('started') }),
  /** An operation is asked for. A null conversation is a new one. */
  z.object({ type: z.literal('begun'), operation: z.string(), conversationId: z.string().nullable() }),
  /** It was answered: from here on its effect must survive anything. */
  z.object({
    type: z.literal('acknowledged'),
    conversation: branchSchema,
    messages: z.array(
      z.object({
        id: z.string(),
        parentId: z.string().nullable(),
        role: z.enum(['user', 'assistant']),
        /** Null for an answer, which grows. */
        text: z.string().nullable(),
      }),
    ),
  }),
  /** It was refused, so it has no effect. */
  z.object({ type: z.literal('refused'), code: z.string() }),
  /** A window was sent these words of an answer. */
  z.object({ type: z.literal('shown'), messageId: z.string(), offset: z.number(), text: z.string() }),
  /** A window was told that an answer is over. */
  z.object({ type: z.literal('ended'), messageId: z.string(), state: z.string(), text: z.string() }),
  /** An archive is being imported, beside other operations. `grown`: of one that was imported before, with more. */
  z.object({
    type: z.literal('importBegun'),
    importId: z.string(),
    kind: z.enum(['new', 'grown']),
    conversations: z.array(importedConversationSchema),
  }),
  /** How the import ended, as a window was told. */
  z.object({
    type: z.literal('importEnded'),
    importId: z.string(),
    state: z.enum(['done', 'cancelled', 'failed']),
    added: z.number(),
    extended: z.number(),
    messages: z.number(),
  }),
]);
export type LogLine = z.infer<typeof lineSchema>;
export type Branch = z.infer<typeof branchSchema>;

export interface LogWriter extends Disposable {
  write(line: LogLine): void;
}

/** Each line is with the system before the call returns, so the death of the process cannot take it. */
export function openLog(file: string): LogWriter {
  const descriptor = openSync(file, 'a');
  return {
    write: (line) => void writeSync(descriptor, `${JSON.stringify(line)}\n`),
    [Symbol.dispose]: () => closeSync(descriptor),
  };
}

/** What the process wrote before it died; a last line that was cut off does not count. */
export function readLog(file: string): LogLine[] {
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => lineSchema.parse(JSON.parse(line)));
}
