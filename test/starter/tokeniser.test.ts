import path from 'node:path';

import fc from 'fast-check';
import { getLlama, LlamaLogLevel, type LlamaModel, type Token } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openChatWrapper } from '../../electron/engine/host/chat-wrapper.ts';
import { readConversation } from '../../electron/engine/host/conversation.ts';
import type { EngineTurn } from '../../shared/model/engine-protocol.ts';
import { readCorpus } from '../../models/starter/generate/corpus.ts';
import { encodeSample, learnedBit } from '../../models/starter/generate/encode-sample.ts';
import { stages, trainingSamples } from '../../models/starter/generate/mix.ts';
import { take } from '../../models/starter/generate/take.ts';
import type { Sample } from '../../models/starter/generate/sample.ts';
import { createEncoder } from '../../models/starter/tokeniser/encode.ts';
import { learnPieces } from '../../models/starter/tokeniser/learn-pieces.ts';
import { splitText } from '../../models/starter/tokeniser/split-text.ts';
import { readVocabulary } from '../../models/starter/tokeniser/vocabulary.ts';
import { openModelFolder } from '../engine/real-models.ts';
import { writeGguf } from '../model/gguf-writer.ts';
import { starterGguf } from '../../models/starter/export/starter-gguf.ts';
import { untrainedWeights } from './untrained-weights.ts';

const vocabulary = readVocabulary();
const encoder = createEncoder(vocabulary);
const corpus = readCorpus();
const sampling = { reasoning: false, tools: [] };

describe('learning pieces', () => {
  it('joins the most frequent neighbours first and keeps the characters last', () => {
    const counts = new Map([
      ['abab', 5],
      ['abc', 2],
    ]);
    expect(learnPieces(counts, 100, 1)).toEqual(['ab', 'abab', 'abc', 'a', 'b', 'c']);
    expect(learnPieces(counts, 4, 1)).toEqual(['ab', 'a', 'b', 'c']);
    expect(learnPieces(counts, 100, 3)).toEqual(['ab', 'abab', 'a', 'b']);
  });

  it('never lets a piece reach over words, digits and signs', () => {
    expect(splitText('Room 12b, 会议 in A-7')).toEqual([
      'Room',
      '▁',
      '1',
      '2',
      'b',
      ',',
      '▁会议',
      '▁in',
      '▁A',
      '-',
      '7',
    ]);
    for (const text of ['a1', '▁a▁', 'a.', '1▁']) expect(vocabulary.piece(text)).toBeUndefined();
  });
});

describe('the vocabulary in the real engine', () => {
  let folder: Awaited<ReturnType<typeof openModelFolder>>;
  let model: LlamaModel;

  beforeAll(async () => {
    folder = await openModelFolder();
    const file = path.join(folder.path, 'untrained.gguf');
    await writeGguf(file, starterGguf(untrainedWeights(vocabulary.size), vocabulary, 'Q8_0'));
    const llama = await getLlama({
      gpu: false,
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      maxThreads: 1,
      logLevel: LlamaLogLevel.disabled,
    });
    model = await llama.loadModel({ modelPath: file });
  });

  afterAll(async () => {
    await model.dispose();
    await folder[Symbol.asyncDispose]();
  });

  const engineTokens = (text: string): number[] => [...model.tokenize(text)].map(Number);

  it('tokenises thousands of lines exactly as training does, and gives them back', () => {
    const texts = stages.flatMap((stage, index) =>
      take(trainingSamples(corpus, stage, 50 + index), 320).flatMap(({ turns }) =>
        turns.flatMap(({ text }) => text.split('\n')),
      ),
    );
    const lines = texts.filter((line) => line !== '');
    expect(lines.length).toBeGreaterThan(3000);
    for (const line of lines) {
      const tokens = encoder.encode(line);
      expect(engineTokens(line)).toEqual(tokens);
      expect(model.detokenize(tokens as Token[])).toBe(line);
    }
  });

  it('tokenises whatever people write as training would', () => {
    const odd = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(
        '  two  spaces ',
        'tab\there',
        'line\n\nbreak\r\n',
        '繁體字與简体',
        'naïve café',
        '🙂🙃 mixed 12.5 €',
        '<tool_call>{"name":"x"}</tool_call>',
        '▁ literal',
      ),
    );
    fc.assert(
      fc.property(odd, (text) => {
        fc.pre(!text.includes('\0') && text.isWellFormed());
        expect(engineTokens(text)).toEqual(encoder.encode(text));
      }),
      { numRuns: 120 },
    );
  });

  it('reads a conversation through the app as training wrote it', async () => {
    const wrapper = openChatWrapper(model.fileInfo.metadata.tokenizer.chat_template, model.tokenizer);
    if (wrapper === undefined) throw new Error('The chat template does not work.');
    const samples = stages.flatMap((stage) => take(trainingSamples(corpus, stage, 8), 60));
    for (const sample of samples) {
      const asked: Sample = { ...sample, turns: sample.turns.slice(0, -1) };
      const turns: EngineTurn[] = asked.turns.map(({ role, text }) => ({ role, text }));
      const read = await readConversation(
        model.tokenizer,
        wrapper,
        { turns, sampling, signal: new AbortController().signal },
        100_000,
      );
      if (read.kind !== 'fits') throw new Error('It does not fit.');
      const trained = encodeSample(asked, vocabulary, encoder).map((token) => token & (learnedBit - 1));
      const opened = [...trained, vocabulary.turnStartId, ...encoder.encode('assistant\n')];
      expect([...read.prompt.tokens].map(Number)).toEqual(opened);
    }
  });
});
