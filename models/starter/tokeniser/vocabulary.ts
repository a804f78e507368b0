import { readFileSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { bool, f32s, i32s, text, texts as textList, u32, type GgufMetadata } from '../../../test/model/gguf-values.ts';

/** `enum llama_token_type` of llama.h. */
const tokenType = { normal: 1, unknown: 2, control: 3, userDefined: 4, byte: 6 } as const;

/** Read as one token wherever they stand, so that a call of a tool is written in few steps. */
const marks = [
  '<tools>',
  '</tools>',
  '<tool_call>',
  '</tool_call>',
  '<tool_response>',
  '</tool_response>',
  '<document>',
  '</document>',
];

const fixed = [
  { token: '<unk>', type: tokenType.unknown },
  { token: '<s>', type: tokenType.control },
  { token: '</s>', type: tokenType.control },
  ...Array.from({ length: 256 }, (_, byte) => ({
    token: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
    type: tokenType.byte,
  })),
  { token: '<|im_start|>', type: tokenType.control },
  { token: '<|im_end|>', type: tokenType.control },
  ...marks.map((token) => ({ token, type: tokenType.userDefined })),
];

/**
 * The conversation format that every llama.cpp front end knows, begun with BOS because the engine adds none of its own to
 * a template; a last assistant turn is left open.
 */
const chatTemplate =
  "{{ bos_token }}{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] }}" +
  "{% if not (loop.last and message['role'] == 'assistant') %}{{ '<|im_end|>\\n' }}{% endif %}{% endfor %}" +
  "{% if add_generation_prompt and messages[-1]['role'] != 'assistant' %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

export interface Vocabulary {
  readonly size: number;
  readonly beginId: number;
  readonly turnStartId: number;
  readonly turnEndId: number;
  /** Of a byte that no piece covers. */
  byteId(byte: number): number;
  /** Texts found before anything else is split, with their ids. */
  readonly marks: ReadonlyMap<string, number>;
  /** Id and score of a piece; of two pieces that could be made the one with the higher score is. */
  piece(text: string): { readonly id: number; readonly score: number } | undefined;
  /** What an answer of these tokens says. */
  decode(tokens: readonly number[]): string;
  readonly metadata: GgufMetadata;
}

/** `pieces` in the order in which they were learned; a space is written as ▁. */
export function createVocabulary(pieces: readonly string[]): Vocabulary {
  const idOf = new Map(fixed.map(({ token }, id) => [token, id]));
  const byText = new Map(pieces.map((piece, rank) => [piece, { id: fixed.length + rank, score: -rank }]));
  const requireId = (token: string): number => {
    const id = idOf.get(token);
    if (id === undefined) throw new TypeError(`There is no token ${token}.`);
    return id;
  };
  const turnEndId = requireId('<|im_end|>');
  return {
    size: fixed.length + pieces.length,
    beginId: requireId('<s>'),
    turnStartId: requireId('<|im_start|>'),
    turnEndId,
    byteId: (byte) => 3 + byte,
    marks: new Map(marks.map((token) => [token, requireId(token)])),
    piece: (piece) => byText.get(piece),
    decode: (tokens) => decode(tokens, [...fixed.map(spoken), ...pieces]),
    metadata: {
      'tokenizer.ggml.model': text('llama'),
      'tokenizer.ggml.tokens': textList([...fixed.map(({ token }) => token), ...pieces]),
      'tokenizer.ggml.scores': f32s([...fixed.map(() => 0), ...pieces.map((_, rank) => -rank)]),
      'tokenizer.ggml.token_type': i32s([...fixed.map(({ type }) => type), ...pieces.map(() => tokenType.normal)]),
      'tokenizer.ggml.bos_token_id': u32(requireId('<s>')),
      'tokenizer.ggml.eos_token_id': u32(turnEndId),
      'tokenizer.ggml.unknown_token_id': u32(0),
      'tokenizer.ggml.add_bos_token': bool(false),
      'tokenizer.ggml.add_eos_token': bool(false),
      'tokenizer.ggml.add_space_prefix': bool(false),
      'tokenizer.chat_template': text(chatTemplate),
    },
  };
}

/** Control tokens are never shown. */
function spoken({ token, type }: { readonly token: string; readonly type: number }): string {
  return type === tokenType.userDefined ? token : '';
}

function decode(tokens: readonly number[], texts: readonly string[]): string {
  const bytes = tokens.flatMap((token) =>
    token >= 3 && token < 259 ? [token - 3] : [...new TextEncoder().encode(texts[token]?.replaceAll('▁', ' '))],
  );
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

const piecesFile = path.join(import.meta.dirname, 'pieces.json');

export function readVocabulary(file = piecesFile): Vocabulary {
  return createVocabulary(z.array(z.string().min(1)).parse(JSON.parse(readFileSync(file, 'utf8'))));
}
