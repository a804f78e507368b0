import { GgufError } from './gguf-error.ts';
import type { MetadataLookup } from './metadata-lookup.ts';
import type { ModelPurpose } from './purpose.ts';
import type { TokenSurvey } from './token-survey.ts';

/** Ways to split text that llama.cpp has. `bert` splits texts for models that write none. */
const knownModels = new Set(['llama', 'gpt2', 't5', 'rwkv', 'plamo2', 'gemma4', 'hybriddna', 'whitespace']);

/** Refuses a vocabulary that llama.cpp cannot read, or on which it would abort later. @throws GgufError */
export function requireTokenizer(metadata: MetadataLookup, tokens: TokenSurvey | null, purpose: ModelPurpose): number {
  const model = metadata.text('tokenizer.ggml.model');
  if (model === 'none' || model === 'no_vocab') {
    throw new GgufError('It has no vocabulary, so it can neither read nor write.');
  }
  const splitsWords = model === 'bert' && purpose !== 'chat';
  if (!knownModels.has(model) && !splitsWords) {
    throw new GgufError(
      `It splits text in a way ("${model.slice(0, 40)}") that Clawdbot cannot use for a conversation.`,
    );
  }
  const count = metadata.requireList('tokenizer.ggml.tokens', ['string']);
  if (count === 0 || tokens === null) throw new GgufError('Its vocabulary is empty. The file is damaged.');
  const preTokenizer = metadata.tryText('tokenizer.ggml.pre');
  if (['gpt2', 'gemma4', 'hybriddna', 'whitespace'].includes(model)) {
    // This one splits text without merges.
    if (metadata.has('tokenizer.ggml.merges') || preTokenizer !== 'kimi-k2') {
      metadata.requireList('tokenizer.ggml.merges', ['string']);
    }
  }
  // llama.cpp throws out of its tokeniser, and with it out of the process, at the first byte it has no word for.
  const missingBytes = missingBytesOf(model, tokens);
  if (missingBytes > 0) {
    throw new GgufError(
      `Its vocabulary has no word for ${missingBytes} of 256 bytes, so llama.cpp would abort on some texts.`,
    );
  }
  if (splitsWords) requireWordMarks(metadata, count);
  requireParallelList(metadata, 'tokenizer.ggml.scores', ['float32', 'int32'], count);
  requireParallelList(metadata, 'tokenizer.ggml.token_type', ['int32'], count);
  requireBoundary(metadata, 'bos', count, defaultBoundary(model, 'bos'));
  requireBoundary(metadata, 'eos', count, defaultBoundary(model, 'eos'));
  return count;
}

function missingBytesOf(model: string, tokens: TokenSurvey): number {
  if (model === 'rwkv') return tokens.missingEscapedBytes;
  return model === 'llama' || model === 'plamo2' ? tokens.missingBytes : 0;
}

function requireParallelList(
  metadata: MetadataLookup,
  key: string,
  types: readonly ('float32' | 'int32')[],
  count: number,
): void {
  if (!metadata.has(key)) return;
  const length = metadata.requireList(key, types);
  if (length < count) {
    throw new GgufError(`Its "${key}" covers ${length} of ${count} words. The file is damaged.`);
  }
}

/** What llama.cpp assumes where the file does not say. */
export function defaultBoundary(model: string, which: 'bos' | 'eos'): number | null {
  if (model === 'llama' || model === 'plamo2') return which === 'bos' ? 1 : 2;
  if (model === 'gpt2') return 11;
  if (model === 't5') return which === 'bos' ? null : 1;
  return null;
}

/** Being told to add a token that does not exist, llama.cpp aborts at the first text. */
function requireBoundary(metadata: MetadataLookup, which: 'bos' | 'eos', count: number, assumed: number | null): void {
  const written = metadata.tryCount(`tokenizer.ggml.${which}_token_id`);
  const added = metadata.tryFlag(`tokenizer.ggml.add_${which}_token`);
  const known = [written, assumed].some((id) => id !== undefined && id !== null && id < count);
  if (added === true && !known) {
    throw new GgufError(
      `It asks for a "${which}" token at every text but its vocabulary has none. The file is damaged.`,
    );
  }
}

/** llama.cpp puts the first two around every text and writes the third for every word it does not know. */
function requireWordMarks(metadata: MetadataLookup, count: number): void {
  // "seperator" is how the key is spelt.
  for (const [name, assumed] of [
    ['bos', 101],
    ['seperator', 102],
    ['unknown', 100],
  ] as const) {
    const id = metadata.tryCount(`tokenizer.ggml.${name}_token_id`) ?? assumed;
    if (id >= count) throw new GgufError(`Its vocabulary lacks its "${name}" token. The file is damaged.`);
  }
}
