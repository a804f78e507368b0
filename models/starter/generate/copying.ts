import { tryChooseValues } from './choose-values.ts';
import type { TryMake } from './small-tasks.ts';
import type { Random } from './random.ts';
import { ask } from './sample.ts';
import type { Language } from './slot-lists.ts';

const types = [
  'PERSON',
  'EMAIL',
  'CODE',
  'PHONE',
  'URL',
  'ORG',
  'FILE',
  'PRODUCT',
  'MONEY',
  'DATE',
  'CITY',
  'DRUG',
  'NUM',
  'VERSION',
] as const;

const syllables =
  'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu za bra cle dri fro gru ple sta tre vlo'.split(' ');

/** Before anything about meaning: values that can only be copied, found under words that mean nothing. */
export function copying(language: Language): TryMake {
  return (wishes) => {
    const { random } = wishes;
    const slots = Array.from({ length: random.whole(2, 7) }, (_, index) => `${random.pick(types)}${index + 2}`);
    const values = tryChooseValues(slots, [], wishes);
    if (values === undefined) return undefined;
    const lines = [...values.values()].map((value) => ({ key: inventedKey(language, random), value }));
    const asked = random.pick(lines);
    if (new Set(lines.map(({ key }) => key)).size < lines.length) return undefined;
    if (random.chance(0.25)) return repeat(language, random, asked.value);
    const frame = random.pick(
      language === 'zh'
        ? ['{K}：{V}', '{K}是{V}。', '{K} = {V}', '{V}属于{K}。']
        : ['{K}: {V}', 'The {K} is {V}.', '{K} = {V}', '{V} belongs to {K}.', 'For {K} use {V}.'],
    );
    const text = lines.map(({ key, value }) => put(frame, key, value)).join(random.chance(0.5) ? '\n' : ' ');
    const question = put(
      random.pick(
        language === 'zh'
          ? ['{K}是什么？', '{K}？', '告诉我{K}']
          : ['What is {K}?', '{K}?', 'Which value has {K}?', 'Look up {K}.'],
      ),
      asked.key,
      '',
    );
    const answer = put(
      random.pick(
        language === 'zh' ? ['{K}是{V}。', '{V}', '是{V}。'] : ['{K} is {V}.', '{V}', 'It is {V}.', 'The {K} is {V}.'],
      ),
      asked.key,
      asked.value,
    );
    return ask('copy', `${text}\n\n${question}`, answer);
  };
}

function repeat(language: Language, random: Random, value: string) {
  const plea = random.pick(
    language === 'zh' ? ['重复：', '请复述：', '说：'] : ['Repeat: ', 'Say ', 'Write exactly this: ', 'Copy: '],
  );
  return ask('copy', plea + value, value);
}

function inventedKey(language: Language, random: Random): string {
  const word = Array.from({ length: random.whole(2, 3) }, () => random.pick(syllables)).join('');
  return language === 'zh' && random.chance(0.6) ? `第${random.whole(2, 99)}项` : word;
}

function put(frame: string, key: string, value: string): string {
  return frame.replaceAll('{K}', () => key).replaceAll('{V}', () => value);
}
