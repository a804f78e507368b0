import { tryChooseValues, type ValueWishes } from './choose-values.ts';
import type { Corpus, EntryOf } from './corpus.ts';
import { familyOf, type Fact, type FactSource, type SubjectSource } from './fact.ts';
import { splitOfRelation, type Split } from './held-out.ts';
import { phrasingOf, type Phrasing } from './phrasing.ts';
import type { Random } from './random.ts';
import type { Language } from './slot-lists.ts';
import { fillSlots, slotsOf } from './slot-types.ts';

type Attribute = EntryOf<'attribute'>;
type SubjectClass = EntryOf<'subject'>;

/** One thing that facts are about. `other` is the same thing in other words. */
interface Subject {
  readonly class: string;
  readonly text: string;
  readonly other: string;
  readonly values: readonly string[];
}

export interface ComposedFacts {
  /** One source an attribute, each time about something else. */
  readonly sources: readonly FactSource[];
  /** Several facts about one thing. */
  subjects(split: Split): SubjectSource;
}

/** Thousands of relations from the attributes and subjects of the corpus, their frames and synonyms. */
export function composedFacts(corpus: Corpus, language: Language): ComposedFacts {
  const attributes = corpus.of('attribute', language);
  const classes = corpus.of('subject', language);
  const phrasing = phrasingOf(language);
  const sources = attributes.map((attribute) => toSource(attribute, classes, phrasing, language));
  return {
    sources,
    subjects: (split) => ({
      tryFill(wishes, count) {
        const chosen = wishes.random.pick(classes);
        const subject = tryNameSubject(chosen, wishes);
        if (subject === undefined) return [];
        const fitting = attributes.filter(
          (attribute) => attribute.of.includes(chosen.class) && splitOf(attribute) === split,
        );
        return severalFacts(subject, wishes.random.shuffled(fitting), count, { phrasing, language, wishes });
      },
    }),
  };
}

function splitOf(attribute: Attribute): Split {
  return splitOfRelation(attribute.names[0] ?? '');
}

interface Making {
  readonly phrasing: Phrasing;
  readonly language: Language;
  readonly wishes: ValueWishes;
}

/** No two of a family: "who is in charge" must not be a question with two answers. */
function severalFacts(subject: Subject, attributes: readonly Attribute[], count: number, making: Making): Fact[] {
  const facts: Fact[] = [];
  const families = new Set<string>();
  const taken = new Set([...(making.wishes.taken ?? []), ...subject.values]);
  for (const attribute of attributes) {
    if (facts.length === count) break;
    const family = familyOf(attribute.type);
    if (families.has(family)) continue;
    const fact = tryState(attribute, subject, { ...making, wishes: { ...making.wishes, taken } });
    if (fact === undefined) continue;
    families.add(family);
    for (const value of fact.values) taken.add(value);
    facts.push(fact);
  }
  return facts;
}

function toSource(
  attribute: Attribute,
  classes: readonly SubjectClass[],
  phrasing: Phrasing,
  language: Language,
): FactSource {
  const fitting = classes.filter(({ class: name }) => attribute.of.includes(name));
  return {
    relation: attribute.names[0] ?? '',
    split: splitOf(attribute),
    tryFill(wishes) {
      const subject = tryNameSubject(wishes.random.pick(fitting), wishes);
      return subject && tryState(attribute, subject, { phrasing, language, wishes });
    },
  };
}

function tryNameSubject(subjectClass: SubjectClass, wishes: ValueWishes): Subject | undefined {
  const { random } = wishes;
  const name = random.pick(subjectClass.names).replaceAll('{H}', random.pick(subjectClass.heads));
  const values = tryChooseValues(slotsOf(name), [name], wishes);
  if (values === undefined) return undefined;
  const other = name.replace(/^the (.+) of (\{PERSON\})$/, "$2's $1");
  return {
    class: subjectClass.class,
    text: fillSlots(name, values),
    other: fillSlots(other, values),
    values: [...values.values()],
  };
}

function tryState(attribute: Attribute, subject: Subject, { phrasing, language, wishes }: Making): Fact | undefined {
  const { random } = wishes;
  const taken = new Set([...(wishes.taken ?? []), ...subject.values]);
  const about = [`${attribute.names.join(', ')} ${subject.class}`, ...attribute.says.map(asSlot(attribute))];
  const value = tryChooseValues([attribute.type], about, { ...wishes, taken })?.get(attribute.type);
  if (value === undefined) return undefined;
  const modifier = phrasing.tryModifier(attribute.type, random);
  const names = attribute.names.map((name) => (modifier === undefined ? name : phrasing.modified(modifier, name)));
  const [name, asked] = [random.pick(names), random.pick(names)];
  const put = (frame: string, noun: string, who: string): string => phrasing.put(frame, { subject: who, noun, value });

  // A modified attribute has no verb of its own: "the planned weight" is not what "it weighs" says.
  const verbs = modifier === undefined ? attribute.says : [];
  const own = modifier === undefined ? attribute.asks : [];
  const frames = verbs.length > 0 && random.chance(0.5) ? verbs : phrasing.statements(attribute.type);
  const statement = put(random.pick(frames), name, subject.text);
  const who = random.chance(0.3) ? subject.other : subject.text;
  const questions = [...some(own, 3, random), ...some(phrasing.questions, 4, random)];
  const answers = [...verbs, ...phrasing.answers(attribute.type)];
  return {
    relation: `${modifier ?? ''} ${attribute.names[0] ?? ''}`,
    language,
    family: familyOf(attribute.type),
    value,
    values: [...subject.values, value],
    statement: phrasing.asSentence(statement),
    questions: questions.map((frame) => put(frame, asked, who)),
    answers: some(answers, 3, random).map((frame) => phrasing.asSentence(put(frame, asked, who))),
    field: { subject: subject.text, name, subjectKey: subject.text },
  };
}

const asSlot = (attribute: Attribute) => (frame: string) => frame.replaceAll('{V}', `{${attribute.type}}`);

function some(frames: readonly string[], count: number, random: Random): string[] {
  return random.sample(frames, count);
}
