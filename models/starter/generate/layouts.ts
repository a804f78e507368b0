import { englishLists, chineseLists, type Language } from './slot-lists.ts';
import type { Fact } from './fact.ts';
import type { Random } from './random.ts';

interface Written {
  readonly text: string;
  /** The facts in the order in which they stand in the text. */
  readonly ordered: readonly Fact[];
}

type Layout = (facts: readonly Fact[], language: Language, random: Random) => Written;

/** Writes facts as people write them down: prose, list, table, form, e-mail, minutes, note. */
export function writeLayout(facts: readonly Fact[], language: Language, random: Random): Written {
  const layout = random.pick([prose, prose, prose, paragraphs, list, form, form, table, mail, minutes]);
  return layout(facts, language, random);
}

const prose: Layout = (facts, language, random) => {
  const ordered = random.shuffled(facts);
  return { text: ordered.map(({ statement }) => sentence(statement, language)).join(gap(language)), ordered };
};

const paragraphs: Layout = (facts, language, random) => {
  const ordered = random.shuffled(facts);
  const lines: string[] = [];
  for (let at = 0; at < ordered.length;) {
    const size = random.whole(1, 4);
    lines.push(
      ordered
        .slice(at, at + size)
        .map(({ statement }) => sentence(statement, language))
        .join(gap(language)),
    );
    at += size;
  }
  const heading = random.chance(0.5) ? `${headline(language, random)}\n\n` : '';
  return { text: heading + lines.join('\n\n'), ordered };
};

const list: Layout = (facts, language, random) => {
  const ordered = random.shuffled(facts);
  const mark = random.pick(['- ', '* ', '• ', '']);
  const heading = random.chance(0.5) ? `${headline(language, random)}\n` : '';
  const numbered = random.chance(0.2);
  const lines = ordered.map(({ statement }, index) => (numbered ? `${index + 1}. ` : mark) + statement);
  return { text: heading + lines.join('\n'), ordered };
};

/** Everything about one thing stands under its name as `field: value`; what has no fields stays a sentence. */
const form: Layout = (facts, language, random) => {
  const groups = Map.groupBy(random.shuffled(facts), (fact) => fact.field?.subjectKey ?? '');
  const colon = language === 'zh' ? '：' : random.pick([': ', ': ', ' - ', ' = ']);
  const blocks = [...groups].map(([subject, members]) => {
    if (subject === '') return members.map(({ statement }) => sentence(statement, language)).join('\n');
    const lines = members.map(({ field, value }) => `${upperFirst(field?.name ?? '')}${colon}${value}`);
    return [upperFirst(subject), ...lines].join('\n');
  });
  return { text: blocks.join('\n\n'), ordered: [...groups.values()].flat() };
};

/** A row for each fact; what has no fields follows below. */
const table: Layout = (facts, language, random) => {
  const rows = random.shuffled(facts.filter(({ field }) => field !== undefined));
  const rest = random.shuffled(facts.filter(({ field }) => field === undefined));
  const head = language === 'zh' ? '| 对象 | 项目 | 内容 |' : '| item | field | value |';
  const lines = rows.map(({ field, value }) => `| ${field?.subject ?? ''} | ${field?.name ?? ''} | ${value} |`);
  const body = rows.length === 0 ? [] : [[head, '|---|---|---|', ...lines].join('\n')];
  const prosePart = rest.map(({ statement }) => sentence(statement, language)).join(gap(language));
  return { text: [...body, ...(prosePart === '' ? [] : [prosePart])].join('\n\n'), ordered: [...rows, ...rest] };
};

const mail: Layout = (facts, language, random) => {
  const { text, ordered } = prose(facts, language, random);
  if (language === 'zh') {
    const open = random.pick(['您好：', '大家好，', `${random.pick(chineseLists.surnames)}老师好：`]);
    return { text: `${open}\n${text}\n${random.pick(['祝好', '谢谢！', '此致敬礼'])}`, ordered };
  }
  const open = random.pick([
    'Hi all,',
    'Hello,',
    'Dear colleagues,',
    `Dear ${random.pick(englishLists.firstNames)},`,
    'Good morning,',
  ]);
  const lead = random.chance(0.5)
    ? `${random.pick(['Here is what I have so far.', 'A short update.', 'As promised, the details.', 'Some news for you.'])} `
    : '';
  const close = random.pick(['Best regards', 'Thanks!', 'See you soon', 'Kind regards', 'Best wishes']);
  return { text: `${open}\n\n${lead}${text}\n\n${close}`, ordered };
};

const minutes: Layout = (facts, language, random) => {
  const ordered = random.shuffled(facts);
  const lines = ordered.map(({ statement }, index) => `${index + 1}. ${sentence(statement, language)}`);
  const heading =
    language === 'zh'
      ? random.pick(['会议纪要', '记录', '讨论要点'])
      : random.pick(['Minutes', 'Notes of the meeting', 'Agenda', 'Decisions']);
  return { text: [heading, ...lines].join('\n'), ordered };
};

function sentence(statement: string, language: Language): string {
  if (/[.!?:;。！？：]["”»」]?$/.test(statement)) return statement;
  return statement + (language === 'zh' ? '。' : '.');
}

function gap(language: Language): string {
  return language === 'zh' ? '' : ' ';
}

function headline(language: Language, random: Random): string {
  return language === 'zh'
    ? random.pick(['通知', '简报', '备忘', '说明', '最新情况', '记录'])
    : random.pick([
        'Notes',
        'Overview',
        'Weekly report',
        'Information',
        'Memo',
        '# Summary',
        'To know',
        'Details',
        'News',
      ]);
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
