import { getLlama, LlamaChatSession } from 'node-llama-cpp';

import type { ContenderOptions } from './contender.ts';

/** node-llama-cpp as its documentation uses it: a session for each conversation on a sequence of one context. */
export interface PlainQuestion {
  readonly id: number;
  readonly text: string;
  readonly maxTokens: number;
}

export type PlainReport =
  | { readonly type: 'ready' }
  | { readonly type: 'text'; readonly id: number; readonly tokens: number }
  | { readonly type: 'end'; readonly id: number; readonly promptTokens: number; readonly replyTokens: number };

const { model: modelPath, threads, contextTokens, sequences }: ContenderOptions = JSON.parse(process.argv[2] ?? '');
const send = (report: PlainReport): void => void process.send?.(report);

const llama = await getLlama({
  gpu: false,
  build: 'never',
  skipDownload: true,
  progressLogs: false,
  maxThreads: threads,
});
const model = await llama.loadModel({ modelPath });
const context = await model.createContext({ contextSize: contextTokens, sequences, threads });

process.on('message', (question: PlainQuestion) => {
  void answer(question);
});
process.on('disconnect', () => process.exit(0));
send({ type: 'ready' });

async function answer({ id, text, maxTokens }: PlainQuestion): Promise<void> {
  const sequence = context.getSequence();
  const session = new LlamaChatSession({ contextSequence: sequence, autoDisposeSequence: true });
  let replyTokens = 0;
  await session.prompt(text, {
    maxTokens,
    temperature: 0,
    onToken: (tokens) => {
      replyTokens += tokens.length;
      send({ type: 'text', id, tokens: tokens.length });
    },
  });
  const { usedInputTokens: promptTokens } = sequence.tokenMeter;
  session.dispose();
  send({ type: 'end', id, promptTokens, replyTokens });
}
