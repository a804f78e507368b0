import type { Random } from './random.ts';
import type { Language } from './slot-lists.ts';
import type { SlotType } from './slot-types.ts';

/** The frames in which a language states, asks and answers "the noun of the subject is the value". */
export interface Phrasing {
  readonly questions: readonly string[];
  statements(type: SlotType): readonly string[];
  answers(type: SlotType): readonly string[];
  put(frame: string, parts: { subject: string; noun: string; value: string }): string;
  asSentence(text: string): string;
  /** A word that makes another relation of an attribute, for some. */
  tryModifier(type: SlotType, random: Random): string | undefined;
  modified(modifier: string, noun: string): string;
}

const modifierShare = 0.2;
const amounts: ReadonlySet<SlotType> = new Set(['MONEY', 'NUM', 'PERCENT', 'DURATION', 'DISTANCE', 'WEIGHT', 'TEMP']);
const moments: ReadonlySet<SlotType> = new Set(['DATE', 'TIME', 'YEAR', 'MONTH', 'WEEKDAY']);

const english: Phrasing = {
  statements: (type) => [
    'the {A} of {S} is {V}',
    'the {A} of {S} is {V}',
    "{S}'s {A} is {V}",
    '{S}: {A} {V}',
    '{A} of {S}: {V}',
    '{A} ({S}): {V}',
    'as for {S}, the {A} is {V}',
    'the {A} was given as {V} for {S}',
    'for {S}, {V} was noted as the {A}',
    'I looked it up: the {A} of {S} is {V}',
    'please note that the {A} of {S} is now {V}',
    'we were told that the {A} of {S} is {V}',
    'my notes say {V} for the {A} of {S}',
    '{V} is the {A} of {S}',
    '{S} is listed with the {A} {V}',
    'according to the list, the {A} of {S} is {V}',
    ...(amounts.has(type)
      ? [
          'the {A} of {S} comes to {V}',
          'with {V}, the {A} of {S} is as agreed',
          '{S} has a {A} of {V}',
          'the {A} of {S} was set to {V}',
        ]
      : []),
    ...(moments.has(type) ? ['the {A} of {S} has been moved to {V}', 'we fixed {V} as the {A} of {S}'] : []),
  ],
  questions: [
    'What is the {A} of {S}?',
    'What is the {A} of {S}?',
    "What's {S}'s {A}?",
    '{A} of {S}?',
    '{S}: {A}?',
    '{A} {S}',
    'Which {A} does {S} have?',
    'Can you tell me the {A} of {S}?',
    'I need the {A} of {S}.',
    'Do you know the {A} of {S}?',
    'Look up the {A} of {S}, please.',
    'what {A} is given for {S}',
    'Please give me the {A} for {S}.',
    'And the {A} of {S}?',
    'What does it say about the {A} of {S}?',
  ],
  answers: (type) => [
    'the {A} of {S} is {V}',
    'the {A} of {S} is {V}',
    'the {A} is {V}',
    'it is {V}',
    "{S}'s {A} is {V}",
    '{V}',
    ...(amounts.has(type) ? ['it comes to {V}'] : []),
  ],
  put: (frame, { subject, noun, value }) =>
    frame
      .replace(/\{S\}'s/, () => possessive(subject))
      .replaceAll('{S}', () => subject)
      .replaceAll('{A}', () => noun)
      .replaceAll('{V}', () => value)
      .replaceAll(/\b([Aa]) (?=[aeiou])/g, '$1n ')
      .replace(/^\p{Ll}/u, (letter) => (/^[A-Z{]/.test(frame) ? letter.toUpperCase() : letter)),
  asSentence: (text) => {
    const capital = text.charAt(0).toUpperCase() + text.slice(1);
    return /[.!?:]$/.test(capital) ? capital : `${capital}.`;
  },
  tryModifier: (type, random) => {
    if (!random.chance(modifierShare)) return undefined;
    if (amounts.has(type)) {
      return random.pick([
        'planned',
        'actual',
        'average',
        'original',
        'new',
        'agreed',
        'expected',
        'highest',
        'lowest',
        'final',
        'previous',
        'estimated',
      ]);
    }
    if (moments.has(type)) {
      return random.pick([
        'planned',
        'actual',
        'original',
        'new',
        'agreed',
        'expected',
        'earliest',
        'latest',
        'final',
        'previous',
      ]);
    }
    return random.chance(0.5)
      ? random.pick(['former', 'new', 'first', 'second', 'official', 'deputy', 'current', 'previous'])
      : undefined;
  },
  modified: (modifier, noun) => `${modifier} ${noun}`,
};

const chinese: Phrasing = {
  statements: () => [
    '{S}的{A}是{V}',
    '{S}的{A}为{V}',
    '{S}：{A}{V}',
    '{A}（{S}）：{V}',
    '{S}，{A}：{V}',
    '关于{S}，{A}是{V}',
    '请注意，{S}的{A}现在是{V}',
    '据记录，{S}的{A}为{V}',
    '我查过了，{S}的{A}是{V}',
    '{V}是{S}的{A}',
    '表中{S}的{A}写着{V}',
    '{S}的{A}定为{V}',
  ],
  questions: [
    '{S}的{A}是什么？',
    '{S}的{A}是多少？',
    '{S}的{A}？',
    '{S}{A}',
    '请告诉我{S}的{A}。',
    '我想知道{S}的{A}',
    '你知道{S}的{A}吗？',
    '查一下{S}的{A}',
    '文中{S}的{A}怎么写的？',
  ],
  answers: () => ['{S}的{A}是{V}', '{S}的{A}是{V}', '{A}是{V}', '是{V}', '{V}'],
  put: (frame, { subject, noun, value }) =>
    frame
      .replaceAll('{S}', () => subject)
      .replaceAll('{A}', () => noun)
      .replaceAll('{V}', () => value)
      .replaceAll('的的', '的'),
  asSentence: (text) => (/[。！？：]$/.test(text) ? text : `${text}。`),
  tryModifier: (type, random) => {
    if (!random.chance(modifierShare)) return undefined;
    if (amounts.has(type)) {
      return random.pick(['计划', '实际', '平均', '原来', '新的', '约定', '最高', '最低', '最终', '上次']);
    }
    if (moments.has(type)) return random.pick(['计划', '实际', '原定', '新的', '约定', '最早', '最终']);
    return random.chance(0.4) ? random.pick(['前任', '新', '第一', '第二', '副']) : undefined;
  },
  modified: (modifier, noun) => modifier + noun,
};

function possessive(subject: string): string {
  return subject.endsWith('s') ? `${subject}'` : `${subject}'s`;
}

export function phrasingOf(language: Language): Phrasing {
  return language === 'zh' ? chinese : english;
}
