import type { LlamaContextSequence, Token, Tokenizer } from 'node-llama-cpp';
import type { EngineFinish, EngineSampling, EngineUsage } from '../../../shared/model/engine-protocol.ts';
import { usableTokens, type PreparedPrompt } from './conversation.ts';
import { firstChunkTokens, nextChunkTokens } from './next-chunk.ts';
import { openGrammar, ordinarySampler } from './ordinary-sampler.ts';
import { createReplyText, type Said } from './reply-text.ts';
import { commonTokens } from './sequence-pool.ts';

export interface AnswerRequest {
  readonly tokenizer: Tokenizer;
  readonly sequence: LlamaContextSequence;
  readonly prompt: PreparedPrompt;
  readonly sampling: EngineSampling;
  readonly batchTokens: number;
  readonly signal: AbortSignal;
  onStep(): void;
  onReading(readTokens: number, cachedTokens: number): void;
  onText(said: Said): void;
}

export interface AnswerResult {
  readonly finish: EngineFinish;
  readonly usage: EngineUsage;
}

/**
 * Reads what is new of a prompt and writes until a stop, a limit or an abort. Never shifts the context: an answer that
 * reaches its end is cut off with `length`.
 * @throws Error when the calculation fails
 */
export async function writeAnswer(request: AnswerRequest): Promise<AnswerResult> {
  const { sequence, prompt, signal } = request;
  const cachedTokens = await keepCommon(sequence, prompt.tokens);
  const usage = { promptTokens: prompt.tokens.length, cachedTokens, replyTokens: 0 };
  const rest = await readPrompt(request, cachedTokens);
  if (!rest || signal.aborted) return { finish: 'aborted', usage };
  const { finish, replyTokens } = await writeReply(request, rest);
  await sequence.takeCheckpoint();
  return { finish, usage: { ...usage, replyTokens } };
}

/** Forgets what does not belong to the new prompt and tells how many tokens remain. */
async function keepCommon(sequence: LlamaContextSequence, tokens: Token[]): Promise<number> {
  const common = commonTokens(sequence, tokens);
  // Models that cannot forget single tokens go back to a checkpoint; what lies between is read like new text. Asked for
  // by the index of the last token to keep.
  const lost = common < sequence.nextTokenIndex ? sequence.getRestoreToPrefixIndexEvaluationSize(common - 1) : 0;
  await sequence.adaptStateToTokens(tokens.slice(0, common - lost), false);
  return sequence.nextTokenIndex;
}

/** Reads all but the last chunk, which is left for the first step of the writing. Undefined when it was aborted. */
async function readPrompt(request: AnswerRequest, from: number): Promise<Token[] | undefined> {
  const { sequence, prompt, batchTokens, signal } = request;
  let at = from;
  let chunk = Math.min(firstChunkTokens, batchTokens);
  request.onReading(at, from);
  while (prompt.tokens.length - at > chunk) {
    if (signal.aborted) return undefined;
    const began = performance.now();
    await sequence.evaluateWithoutGeneratingNewTokens(prompt.tokens.slice(at, at + chunk));
    request.onStep();
    at += chunk;
    chunk = nextChunkTokens(chunk, performance.now() - began, batchTokens);
    request.onReading(at, from);
  }
  // So that the same question asked again, or another one after the same text, can go back to here.
  await sequence.takeCheckpoint();
  return signal.aborted ? undefined : prompt.tokens.slice(at);
}

async function writeReply(
  { tokenizer, sequence, prompt, sampling, signal, onStep, onText }: AnswerRequest,
  lastChunk: Token[],
): Promise<{ finish: EngineFinish; replyTokens: number }> {
  const reply = createReplyText(tokenizer, prompt, sampling, onText);
  const penalised = [...prompt.tokens];
  const grammar = await openGrammar(sequence.model, sampling.grammar);
  const isFree = (): boolean => prompt.thought?.opened === true && !reply.answering;
  const end = (finish: EngineFinish): { finish: EngineFinish; replyTokens: number } => {
    reply.end();
    return { finish, replyTokens: reply.tokens };
  };

  for await (const { token, confidence } of sequence.evaluateWithMetadata(
    lastChunk,
    { confidence: true },
    {
      ...ordinarySampler(sampling, () => penalised),
      ...(grammar ? { grammarEvaluationState: () => (isFree() ? undefined : grammar) } : {}),
    },
  )) {
    onStep();
    // A model with broken weights calculates NaN; every word from there on would be made up by the sampler.
    if (!Number.isFinite(confidence)) throw new Error('The model calculated something that is no number.');
    penalised.push(token);
    const finish = reply.push(token);
    if (finish) return { finish, replyTokens: reply.tokens };
    if (signal.aborted) return end('aborted');
    // The token just written takes a place itself before the next one can be calculated.
    if (sequence.nextTokenIndex >= usableTokens(sequence.contextSize)) return end('length');
  }
  return end('stop');
}
