import { bool, f32s, i32s, text, texts, u32, type GgufMetadata } from './gguf-values.ts';

/** `enum llama_token_type` of llama.h. */
const tokenType = { normal: 1, unknown: 2, control: 3, userDefined: 4, byte: 6 } as const;

const endOfTurn = '<|im_end|>';
const startOfTurn = '<|im_start|>';

/** The plain conversation format that every llama.cpp front end knows; a last assistant turn is left open. */
const chatTemplate =
  "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] }}" +
  "{% if not (loop.last and message['role'] == 'assistant') %}{{ '<|im_end|>\\n' }}{% endif %}{% endfor %}" +
  "{% if add_generation_prompt and messages[-1]['role'] != 'assistant' %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

export interface Vocabulary {
  readonly size: number;
  readonly endOfTurnId: number;
  /** Id of the first of the words given to `createVocabulary`. */
  readonly firstWordId: number;
  /** Id of the first of the words that are never said. */
  readonly firstFillerId: number;
  readonly metadata: GgufMetadata;
}

/** Reads any text through its bytes, and each of `words` as one token; `fillers` more are never found in a text. */
export function createVocabulary(words: readonly string[], fillers = 0): Vocabulary {
  const tokens: string[] = ['<unk>', '<s>', '</s>'];
  const types: number[] = [tokenType.unknown, tokenType.control, tokenType.control];
  for (let byte = 0; byte < 256; byte += 1) {
    tokens.push(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
    types.push(tokenType.byte);
  }
  const endOfTurnId = tokens.length + 1;
  for (const token of [startOfTurn, endOfTurn]) {
    tokens.push(token);
    types.push(tokenType.control);
  }
  const firstWordId = tokens.length;
  // llama.cpp finds user-defined words before it splits a text in any other way.
  for (const word of words) {
    tokens.push(word);
    types.push(tokenType.userDefined);
  }
  const firstFillerId = tokens.length;
  for (let index = 0; index < fillers; index += 1) {
    tokens.push(`▁word${index}`);
    types.push(tokenType.normal);
  }
  return {
    size: tokens.length,
    endOfTurnId,
    firstWordId,
    firstFillerId,
    metadata: {
      'tokenizer.ggml.model': text('llama'),
      'tokenizer.ggml.tokens': texts(tokens),
      'tokenizer.ggml.scores': f32s(tokens.map(() => 0)),
      'tokenizer.ggml.token_type': i32s(types),
      'tokenizer.ggml.bos_token_id': u32(1),
      'tokenizer.ggml.eos_token_id': u32(endOfTurnId),
      'tokenizer.ggml.unknown_token_id': u32(0),
      'tokenizer.ggml.add_bos_token': bool(false),
      'tokenizer.ggml.add_eos_token': bool(false),
      'tokenizer.ggml.add_space_prefix': bool(false),
      'tokenizer.chat_template': text(chatTemplate),
    },
  };
}

/** Spellings a script may not contain, because the vocabulary gives them another meaning. */
export function findReserved(script: string): string | undefined {
  return script.match(/<\|im_(?:start|end)\|>|<\/?s>|<unk>|<0x[0-9A-F]{2}>/)?.[0];
}
