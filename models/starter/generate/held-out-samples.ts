import { containsExactly } from '../eval/judge.ts';
import { composedFacts } from './composed-facts.ts';
import type { Corpus } from './corpus.ts';
import { composeDocument, pickAskings } from './document.ts';
import { anyDocumentPrompt } from './document-prompt.ts';
import type { Split } from './held-out.ts';
import { createRandom } from './random.ts';
import { ask, type Sample } from './sample.ts';
import type { Language } from './slot-lists.ts';
import { writtenFacts } from './written-facts.ts';

export interface HeldOutSample {
  readonly sample: Sample;
  readonly document: string;
  readonly question: string;
  readonly value: string;
}

/**
 * Endless questions about documents whose values nothing learned has seen. `relations` says whether what is asked was
 * learned with other values (`train`) or never (`eval`); the rest of the document is of both.
 */
export function* heldOutQuestions(
  corpus: Corpus,
  language: Language,
  relations: Split,
  seed: number,
): Generator<HeldOutSample> {
  const random = createRandom(seed);
  const composed = composedFacts(corpus, language);
  const written = writtenFacts(corpus, language);
  const asked = written.filter(({ split }) => split === relations);
  const others = [...written, ...composed.sources];
  for (;;) {
    const wishes = { language, split: 'eval', random } as const;
    const facts = random.whole(3, 12);
    const document = composeDocument({
      facts,
      language,
      wishes,
      sources: random.chance(0.5) ? asked : [...asked, ...asked, ...random.sample(others, 40)],
      subjects: composed.subjects(relations),
      cardShare: 0.1,
      twinShare: 0.15,
    });
    const askable = pickAskings(document, facts, random);
    const asking = askable.find(({ fact }) => asked.some(({ relation }) => relation === fact.relation));
    if (asking === undefined || document.facts.length < 3) continue;
    const { fact } = asking;
    // Some frames write a value into a longer word, where no answer could be judged.
    if (!containsExactly(document.text, fact.value)) continue;
    const question = random.pick(asking.questions);
    const prompt = anyDocumentPrompt(document.text, question, language, random);
    yield {
      sample: ask('document', prompt, random.pick(fact.answers)),
      document: document.text,
      question,
      value: fact.value,
    };
  }
}
