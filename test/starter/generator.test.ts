import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { couldAnswer } from '../../models/starter/generate/ambiguity.ts';
import { composedFacts } from '../../models/starter/generate/composed-facts.ts';
import { tryCompute } from '../../models/starter/generate/compute.ts';
import { readCorpus } from '../../models/starter/generate/corpus.ts';
import { composeDocument } from '../../models/starter/generate/document.ts';
import { absentAnswers } from '../../models/starter/generate/document-prompt.ts';
import { heldOutQuestions } from '../../models/starter/generate/held-out-samples.ts';
import { splitOfValue } from '../../models/starter/generate/held-out.ts';
import { stages, trainingSamples } from '../../models/starter/generate/mix.ts';
import { createRandom } from '../../models/starter/generate/random.ts';
import { rangeOf } from '../../models/starter/generate/ranges.ts';
import type { Sample } from '../../models/starter/generate/sample.ts';
import { take } from '../../models/starter/generate/take.ts';
import { tryChooseValues } from '../../models/starter/generate/choose-values.ts';
import { writtenFacts } from '../../models/starter/generate/written-facts.ts';

const corpus = readCorpus();

function samplesOf(stage: number, count: number, seed = 1): Sample[] {
  const chosen = stages[stage];
  if (chosen === undefined) throw new RangeError(`There is no stage ${stage}.`);
  return take(trainingSamples(corpus, chosen, seed), count);
}

describe('the corpus', () => {
  it('has thousands of relations when attributes meet what can have them', () => {
    const subjects = new Map(corpus.of('subject', 'en').map(({ class: name, heads }) => [name, heads.length]));
    const relations = corpus
      .of('attribute', 'en')
      .flatMap(({ of }) => of.map((name) => subjects.get(name) ?? 0))
      .reduce((sum, heads) => sum + heads, 0);
    expect(relations).toBeGreaterThan(4000);
  });

  it('names only classes of subjects that exist', () => {
    for (const language of ['en', 'zh'] as const) {
      const classes = new Set(corpus.of('subject', language).map(({ class: name }) => name));
      const named = corpus.of('attribute', language).flatMap(({ of }) => of);
      expect(named.filter((name) => !classes.has(name))).toEqual([]);
    }
  });

  it('promises no downloads, which the app does not have', () => {
    const chats = corpus.of('chat', 'en').flatMap(({ a }) => a);
    expect(chats.filter((answer) => /Models page/.test(answer))).toEqual([]);
  });
});

describe('generated samples', () => {
  it('are the same for the same seed and others for another', () => {
    expect(samplesOf(1, 60)).toEqual(samplesOf(1, 60));
    expect(samplesOf(1, 60, 2)).not.toEqual(samplesOf(1, 60));
  });

  it.each([0, 1, 2])('are conversations that end with the assistant and have no open slots (stage %i)', (stage) => {
    for (const { turns } of samplesOf(stage, 300)) {
      expect(turns.at(-1)?.role).toBe('assistant');
      expect(turns.filter(({ text }) => text.trim() === '' || /\{[A-Z]+\d*\}/.test(text))).toEqual([]);
    }
  });

  it('refuse at most three questions in a hundred, and none before the last stage', () => {
    const refusals = new Set(Object.values(absentAnswers).flat());
    const share = (stage: number): number => {
      const answers = samplesOf(stage, 700)
        .filter(({ kind }) => kind === 'document')
        .flatMap(({ turns }) => turns.filter(({ role }) => role === 'assistant'));
      return answers.filter(({ text }) => refusals.has(text)).length / answers.length;
    };
    expect(share(1)).toBe(0);
    expect(share(2)).toBeGreaterThan(0.005);
    expect(share(2)).toBeLessThan(0.04);
  });

  it('show only the sentences that were found to some questions', () => {
    const short = samplesOf(2, 600).filter(
      ({ kind, turns }) => kind === 'document' && turns.length === 2 && (turns[0]?.text.length ?? 0) < 160,
    );
    expect(short.length).toBeGreaterThan(30);
  });

  it('call tools with JSON that names an offered tool', () => {
    const calls = samplesOf(2, 900).filter(({ turns }) => turns.some(({ text }) => text.startsWith('<tool_call>')));
    expect(calls.length).toBeGreaterThan(20);
    for (const { turns } of calls) {
      const call = turns.find(({ text }) => text.startsWith('<tool_call>'))?.text ?? '';
      const { name } = JSON.parse(call.replaceAll(/<\/?tool_call>/g, '')) as { name: string };
      expect(turns[0]?.text).toContain(`"name":"${name}"`);
    }
  });
});

describe('documents', () => {
  it.each(['en', 'zh'] as const)('answer each of their questions in one way only (%s)', (language) => {
    const composed = composedFacts(corpus, language);
    const sources = [...writtenFacts(corpus, language), ...composed.sources];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 3, max: 12 }), (seed, facts) => {
        const random = createRandom(seed);
        const document = composeDocument({
          facts,
          language,
          wishes: { language, split: 'train', random },
          sources,
          subjects: composed.subjects('train'),
          cardShare: 0.3,
          twinShare: 0.3,
        });
        expect(document.facts.length).toBeGreaterThan(0);
        for (const { fact, questions } of document.askings) {
          expect(document.text.toLowerCase()).toContain(fact.value.toLowerCase());
          const others = document.facts.filter((other) => other !== fact);
          expect(questions.filter((question) => others.some((other) => couldAnswer(other, question, fact)))).toEqual(
            [],
          );
          expect(others.filter(({ statement }) => statement.toLowerCase().includes(fact.value.toLowerCase()))).toEqual(
            [],
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('tell twins apart by a name in the question', () => {
    const source = writtenFacts(corpus, 'en').find(({ relation }) => relation.includes("{PERSON}'s farm"));
    const wishes = { language: 'en', split: 'train', random: createRandom(4) } as const;
    const [one, two] = [source?.tryFill(wishes), source?.tryFill(wishes)];
    if (one === undefined || two === undefined) throw new Error('The farm is no longer in the corpus.');
    const named = one.questions.find((question) => one.values.some((value) => question.includes(value))) ?? '';
    expect(couldAnswer(two, named, one)).toBe(false);
    expect(couldAnswer(two, 'What is the asking price?', one)).toBe(true);
  });
});

describe('what is held out', () => {
  it('never appears in training: neither the values nor the relations', () => {
    const held = take(heldOutQuestions(corpus, 'en', 'eval', 5), 60);
    const trained = new Set(
      writtenFacts(corpus, 'en')
        .filter(({ split }) => split === 'train')
        .map(({ relation }) => relation),
    );
    const evaluated = writtenFacts(corpus, 'en').filter(({ split }) => split === 'eval');
    expect(evaluated.length / (trained.size + evaluated.length)).toBeGreaterThan(0.06);
    expect(evaluated.filter(({ relation }) => trained.has(relation))).toEqual([]);
    for (const { document, value, question } of held) {
      expect(document.toLowerCase()).toContain(value.toLowerCase());
      expect(question).not.toContain(value);
    }
    const learned = samplesOf(2, 800)
      .flatMap(({ turns }) => turns.map(({ text }) => text))
      .join('\n');
    const names = held.map(({ value }) => value).filter((value) => /^[A-Z][a-z]+ [A-Z][a-z]+$/.test(value));
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((name) => learned.includes(name))).toEqual([]);
  });

  it('takes every open value from its side of the split', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom('train', 'eval'), (seed, split) => {
        const wishes = { language: 'en', split, random: createRandom(seed) } as const;
        const values = tryChooseValues(['PERSON', 'EMAIL', 'CODE', 'NUM', 'MONEY', 'DATE'], [], wishes);
        for (const value of values?.values() ?? []) expect(splitOfValue(value)).toBe(split);
      }),
    );
  });
});

describe('values', () => {
  it('keep to what their words can mean', () => {
    expect(rangeOf('NUM', 'NUM', ['{NUM} square metres of floor']).most).toBeLessThan(1000);
    expect(rangeOf('NUM', 'NUM', ['the village has {NUM} inhabitants']).most).toBeGreaterThan(10_000);
    expect(rangeOf('MONEY', 'MONEY', ['lunch is {MONEY}']).most).toBeLessThan(100);
    expect(rangeOf('DISTANCE', 'DISTANCE', ['height person', '{S} is {DISTANCE} tall']).units).toEqual(['cm']);
  });

  it('are computed as calculators do', () => {
    expect(tryCompute('2 + 3 * 4')).toBe('14');
    expect(tryCompute('(12 + 3.5) * 2 / 3')).toBe('10.33');
    expect(tryCompute('7 ** 2 - 10')).toBe('39');
    expect(tryCompute('1 / 0')).toBeUndefined();
    expect(tryCompute('2 +')).toBeUndefined();
    expect(tryCompute('alert(1)')).toBeUndefined();
  });
});
