import { bool, text, type GgufMetadata } from './gguf-values.ts';
import { writeGguf, type TensorFill } from './gguf-writer.ts';
import { layerTensors, ones, shapeMetadata, type Shape } from './llama-shape.ts';
import { RandomBits } from './random-bits.ts';
import { cutScript } from './script-pieces.ts';
import { createVocabulary, type Vocabulary } from './vocabulary.ts';

/** How sure the model is: the distance between the right word's logit and any other's is about 80 of these 100. */
const certainty = 100;
const one = 0x3c00;
const minusOne = 0xbc00;

export interface ScriptedModelOptions {
  /** What it recites, to the letter: spaces, line breaks and markdown included. */
  readonly text: string;
  readonly name?: string;
  /** At least 256 and a multiple of 64, so that the words' embeddings stay nearly orthogonal. */
  readonly width?: number;
  /** More layers and a longer feed-forward cost time per word and change nothing else; they are zeros on the disk. */
  readonly layers?: number;
  readonly feedForward?: number;
  readonly contextTokens?: number;
  /**
   * Words that are never said. Only the token that is about to be said is compared with them, so they slow the answer
   * down but not the reading of the question.
   */
  readonly silentWords?: number;
  readonly seed?: number;
  /** At every so manieth word it goes wrong, sure of itself; as a model that guesses for one that does not. */
  readonly mistakenEvery?: number;
  /** The conversation format, in Jinja; the plain one when it is left out. */
  readonly template?: string;
  /** Marks the file as the product's own stand-in. */
  readonly placeholder?: boolean;
}

export interface ScriptedModel {
  readonly sizeBytes: number;
  /** What one token holds, in order; an answer arrives in these pieces. */
  readonly pieces: readonly string[];
}

/**
 * Writes a model with which llama.cpp recites a text. Attention and feed-forward are zero, so the embedding of the last
 * token reaches the output as it is; there, each piece's row is the embedding of the piece before it, the end of turn's
 * row that of the last piece, and the first piece's row the one embedding that everything else shares.
 */
export async function writeScriptedModel(path: string, options: ScriptedModelOptions): Promise<ScriptedModel> {
  const pieces = cutScript(options.text);
  const shape = scriptedShape(options);
  const vocabulary = createVocabulary(pieces, options.silentWords ?? 0);
  const size = [shape.width, vocabulary.size] as const;
  const seed = options.seed ?? 1;
  const { sizeBytes } = await writeGguf(path, {
    metadata: {
      ...shapeMetadata(shape, 1),
      ...vocabulary.metadata,
      ...(options.template === undefined ? {} : { 'tokenizer.chat_template': text(options.template) }),
      ...(options.placeholder === true ? placeholderMetadata : {}),
    },
    tensors: [
      { name: 'token_embd.weight', shape: size, type: 'F16', fill: rows(shape, seed, embeddingClass(vocabulary)) },
      ...layerTensors(shape, 'Q8_0'),
      ones('output_norm.weight', shape.width, certainty / shape.width),
      {
        name: 'output.weight',
        shape: size,
        type: 'F16',
        fill: rows(shape, seed, outputClass(vocabulary, options.mistakenEvery)),
      },
    ],
  });
  return { sizeBytes, pieces };
}

const placeholderMetadata: GgufMetadata = { 'clawdbot.placeholder': bool(true) };

function scriptedShape(options: ScriptedModelOptions): Shape {
  const width = options.width ?? 512;
  if (width < 256 || width % 64 !== 0) throw new Error(`The width must be a multiple of 64 from 256 on, not ${width}.`);
  const feedForward = options.feedForward ?? 32;
  if (feedForward < 32 || feedForward % 32 !== 0) {
    throw new Error(`The feed-forward length must be a multiple of 32, not ${feedForward}.`);
  }
  const layers = options.layers ?? 1;
  if (!Number.isInteger(layers) || layers < 1 || layers > 512) {
    throw new Error(`The number of layers must be between 1 and 512, not ${layers}.`);
  }
  return {
    architecture: 'llama',
    name: options.name ?? 'Scripted',
    layers,
    width,
    heads: width / 64,
    headsKv: 1,
    feedForward,
    contextTokens: options.contextTokens ?? 32_768,
  };
}

/** Class 0 is shared by every token that is no piece of the script; piece i has class i + 1. */
function embeddingClass(vocabulary: Vocabulary): (token: number) => number | null {
  return (token) => {
    if (token < vocabulary.firstWordId) return 0;
    return token < vocabulary.firstFillerId ? token - vocabulary.firstWordId + 1 : null;
  };
}

/** The class after which a token follows; null for one that is never said. */
function outputClass(vocabulary: Vocabulary, mistakenEvery?: number): (token: number) => number | null {
  const last = vocabulary.firstFillerId - vocabulary.firstWordId;
  return (token) => {
    if (token === vocabulary.endOfTurnId) return last;
    const isPiece = token >= vocabulary.firstWordId && token < vocabulary.firstFillerId;
    if (!isPiece) return null;
    const place = token - vocabulary.firstWordId;
    if (mistakenEvery === undefined) return place;
    // Two neighbours change places.
    if (place % mistakenEvery === 1) return place - 1;
    return place % mistakenEvery === 0 && place + 1 < last ? place + 1 : place;
  };
}

/** Rows of +1 and -1, drawn from the class: two classes' rows are nearly orthogonal, and both numbers exact in F16. */
function rows(shape: Shape, seed: number, classOf: (token: number) => number | null): TensorFill {
  const rowBytes = shape.width * 2;
  const row = new Uint16Array(shape.width);
  const bytes = new Uint8Array(row.buffer);
  return (piece, offset) => {
    let silent = true;
    for (let at = 0; at < piece.length;) {
      const token = Math.floor((offset + at) / rowBytes);
      const from = (offset + at) % rowBytes;
      const length = Math.min(rowBytes - from, piece.length - at);
      const kind = classOf(token);
      if (kind !== null) {
        silent = false;
        fillSigns(row, seed, kind);
        piece.set(bytes.subarray(from, from + length), at);
      }
      at += length;
    }
    return silent ? 'zeros' : undefined;
  };
}

/** Numbers of 1 and -1 in half precision, drawn from the class. */
export function fillSigns(row: Uint16Array, seed: number, kind: number): void {
  const random = new RandomBits(Math.imul(seed, 0x27d4eb2f) + kind);
  for (let at = 0; at < row.length; at += 32) {
    const bits = random.next();
    for (let bit = 0; bit < 32; bit += 1) row[at + bit] = (bits >>> bit) & 1 ? one : minusOne;
  }
}
