import { readFileSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

const turn = z.strictObject({ role: z.enum(['system', 'user', 'assistant']), text: z.string() });

/** How an answer is judged. */
const checkSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('value'), value: z.string().min(1) }),
  z.strictObject({ kind: z.literal('absent') }),
  z.strictObject({ kind: z.literal('call'), name: z.string(), arguments: z.record(z.string(), z.string()) }),
  /** At least half of them, rounded up. */
  z.strictObject({ kind: z.literal('mentions'), values: z.array(z.string()).min(1) }),
  z.strictObject({ kind: z.literal('patterns'), must: z.array(z.string()), mustNot: z.array(z.string()) }),
]);

const language = z.enum(['en', 'zh']);

const documentEntrySchema = z.strictObject({
  row: z.enum(['doc_seen', 'doc_unseen', 'doc_absent']),
  language,
  document: z.string(),
  question: z.string(),
  check: checkSchema,
});

const turnsEntrySchema = z.strictObject({
  row: z.enum(['tool_call', 'title_summary', 'chat_patterns']),
  language,
  turns: z.array(turn).min(1),
  check: checkSchema,
});

export const evalEntrySchema = z.union([documentEntrySchema, turnsEntrySchema]);

export type EvalEntry = z.infer<typeof evalEntrySchema>;

export type EvalCheck = z.infer<typeof checkSchema>;

const setFile = path.join(import.meta.dirname, 'held-out.jsonl');

/** @throws for a line that is no entry */
export function readEvalSet(file = setFile): EvalEntry[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => evalEntrySchema.parse(JSON.parse(line)));
}
