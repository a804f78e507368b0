import type { PersonalKind } from '../../shared/model/privacy/personal-kinds.ts';
import { apart, disguise } from './disguise.ts';
import * as numbers from './made-numbers.ts';
import * as people from './made-people.ts';
import { madeSecret } from './made-secrets.ts';
import { createRandom, type Random } from './random.ts';

export interface Expected {
  readonly kind: PersonalKind;
  readonly start: number;
  readonly end: number;
}

/** A text with what is personal in it; `lookAlike` texts have nothing. */
export interface MadeText {
  readonly text: string;
  readonly language: 'en' | 'zh';
  readonly expected: readonly Expected[];
}

type Piece = string | readonly [PersonalKind, string];
type Sentence = (random: Random) => readonly Piece[];

const birthday = (random: Random): string => {
  const [year, month, day] = [1940 + random.below(65), 1 + random.below(12), 1 + random.below(28)];
  return random.pick([
    `${year}-${numbers.two(month)}-${numbers.two(day)}`,
    `${numbers.two(month)}/${numbers.two(day)}/${year}`,
    `${day} ${['January', 'March', 'June', 'October'][month % 4] ?? 'May'} ${year}`,
  ]);
};
const chineseBirthday = (random: Random): string =>
  `${1940 + random.below(65)}年${1 + random.below(12)}月${1 + random.below(28)}日`;
const publicIp = (random: Random): string =>
  `${11 + random.below(180)}.${random.below(256)}.${random.below(256)}.${1 + random.below(254)}`;
const mac = (random: Random): string =>
  Array.from({ length: 6 }, () => random.letters(2, '0123456789abcdef')).join(':');
const maybe = (random: Random, value: string): string => (random.below(5) === 0 ? disguise(random, value) : value);

const english: readonly Sentence[] = [
  (r) => [
    'Could you ask ',
    ['name', people.englishPerson(r)],
    ' to ring back on ',
    ['phone', maybe(r, people.englishPhone(r))],
    '?',
  ],
  (r) => [
    'The lease was signed by ',
    ['name', people.englishPerson(r)],
    ' of ',
    ['address', people.englishAddress(r)],
    '.',
  ],
  (r) => ['Dear ', ['name', people.englishPerson(r)], ',\nyour parcel has arrived.'],
  (r) => ['Mr ', ['name', people.englishPerson(r)], ' complained twice about the heating.'],
  (r) => ['You can write to ', ['email', maybe(r, people.emailOf(r))], ' before Friday.'],
  (r) => ['Send the invoice to ', ['email', people.emailOf(r)], ' and a copy to ', ['email', people.emailOf(r)], '.'],
  (r) => ['Call me at ', ['phone', people.englishPhone(r)], ' after six.'],
  (r) => [
    'Please charge my card ',
    ['card', maybe(r, numbers.groupCard(numbers.makeCard(r), r.pick([' ', '-', ''])))],
    ', it expires in 09/29.',
  ],
  (r) => ['Card: ', ['card', apart(numbers.makeCard(r))], '\nThanks'],
  (r) => [
    'Transfer the rent to ',
    ['iban', maybe(r, (numbers.makeIban(r).match(/.{1,4}/g) ?? []).join(r.pick([' ', ''])))],
    ' by the first.',
  ],
  (r) => ['Her social security number is ', ['nationalId', maybe(r, numbers.makeSsn(r))], '.'],
  (r) => [
    'NHS number ',
    ['nationalId', numbers.makeNhs(r).replace(/(...)(...)(....)/, '$1 $2 $3')],
    ' is on the letter.',
  ],
  (r) => ['National Insurance: ', ['nationalId', numbers.makeNino(r)], '.'],
  (r) => ['His Aadhaar is ', ['nationalId', numbers.makeAadhaar(r)], ' according to the form.'],
  (r) => ['CPF ', ['nationalId', numbers.makeCpf(r)], ' was checked at the border.'],
  (r) => ['Codice fiscale: ', ['nationalId', r.pick(numbers.taxCodes)], '.'],
  (r) => ['The Steuer-ID reads ', ['nationalId', numbers.makeTaxId(r)], '.'],
  (r) => ['Numéro de sécurité sociale : ', ['nationalId', numbers.makeNir(r)], '.'],
  (r) => ['DNI ', ['nationalId', numbers.makeDni(r)], ' expired last year.'],
  (r) => ['Passport number ', ['passport', `${r.letters(1, 'CHKLMNP')}${r.digits(8)}`], ' was issued in Lyon.'],
  (r) => ['She was born on ', ['birthDate', birthday(r)], ' in a small village.'],
  (r) => ['Date of birth: ', ['birthDate', birthday(r)], '\nBlood group: A'],
  (r) => ['MRN ', ['medicalRecord', r.digits(8)], ' was transferred to the ward.'],
  (r) => ['Medical record number: ', ['medicalRecord', `H${r.digits(7)}`], '.'],
  (r) => ['They live at ', ['address', people.englishAddress(r)], '.'],
  (r) => ['The login came from ', ['ipAddress', publicIp(r)], ' at noon.'],
  (r) => ['Its network card shows ', ['macAddress', mac(r)], '.'],
  (r) => ['She works for ', ['organisation', people.englishOrganisation(r)], ' since 2019.'],
  (r) => ['Patient: ', ['name', people.englishPerson(r)], '\nAllergies: none'],
  (r) => ['My name is ', ['name', people.englishPerson(r)], ' and I would like to cancel.'],
  (r) => ['Regards,\n', ['name', people.englishPerson(r)], '\n'],
];

const chinese: readonly Sentence[] = [
  (r) => ['请联系', ['name', people.chinesePerson(r)], '先生，手机', ['phone', maybe(r, people.chinesePhone(r))], '。'],
  (r) => ['姓名：', ['name', people.chinesePerson(r)], '\n电话：', ['phone', people.chinesePhone(r)], '\n'],
  (r) => ['身份证号：', ['nationalId', maybe(r, numbers.makeResidentId(r))], '，请核对。'],
  (r) => ['他的身份证号码是', ['nationalId', numbers.makeResidentId(r).replace(/^(.{6})(.{8})/, '$1 $2 ')], '。'],
  (r) => ['收货地址：', ['address', people.chineseAddress(r)], '。'],
  (r) => ['她住在', ['address', people.chineseAddress(r)], '，周末在家。'],
  (r) => [
    '甲方：',
    ['organisation', people.chineseOrganisation(r)],
    '\n法定代表人：',
    ['name', people.chinesePerson(r)],
    '\n',
  ],
  (r) => ['我叫', ['name', people.chinesePerson(r)], '，今年三十二岁。'],
  (r) => ['发邮件到', ['email', maybe(r, people.emailOf(r))], '即可报名。'],
  (r) => ['银行卡号', ['card', maybe(r, numbers.groupCard(numbers.makeCard(r), r.pick([' ', ''])))], '已绑定。'],
  (r) => ['出生日期：', ['birthDate', chineseBirthday(r)], '，籍贯四川。'],
  (r) => ['生日是', ['birthDate', birthday(r)], '。'],
  (r) => ['护照号码：', ['passport', `E${r.letters(1, 'ABCDEFGH')}${r.digits(7)}`], '，有效期十年。'],
  (r) => ['病历号：', ['medicalRecord', r.digits(9)], '，门诊三楼。'],
  (r) => ['他就职于', ['organisation', people.chineseOrganisation(r)], '，担任会计。'],
  (r) => ['患者', ['name', people.chinesePerson(r)], '，女，四十岁，主诉头痛三天。'],
  (r) => ['昨天', ['name', people.chinesePerson(r)], '女士来电询问押金。'],
  (r) => [
    '联系人：',
    ['name', people.chinesePerson(r)],
    '，座机',
    ['phone', `021-${5 + r.below(3)}${r.digits(7)}`],
    '。',
  ],
  (r) => ['登录地址为', ['ipAddress', publicIp(r)], '，异常。'],
  (r) => ['由', ['name', people.chinesePerson(r)], '负责验收，周五前完成。'],
];

/** Nothing here is anybody's, however much it looks like it. */
const lookAlikes: Readonly<Record<'en' | 'zh', readonly ((random: Random) => string)[]>> = {
  en: [
    (r) => `Order number ${r.digits(10)} was shipped on Monday.`,
    (r) => `Invoice ${r.digits(8)}, total 1,${r.digits(3)}.50 dollars.`,
    (r) => `The part number is ${numbers.makeCard(r, false)}.`,
    (r) => `ISBN 978-${r.digits(1)}-${r.digits(3)}-${r.digits(5)}-${r.digits(1)} is out of print.`,
    (r) => `Please install version ${r.below(9)}.${r.below(20)}.${r.below(20)}.${r.below(90)} of the driver.`,
    (r) => `The meeting is on 2026-0${1 + r.below(9)}-1${r.below(9)} at 10:30.`,
    () => 'The Golden Gate Bridge was opened in 1937 and is 2,737 metres long.',
    () => 'New York and Los Angeles are far apart. Monday is a holiday in South Korea.',
    () => 'The Pythagorean Theorem holds in flat space; Ohm and Newton would agree.',
    (r) => `Section 4.${r.below(9)}.${r.below(9)} explains the password rules in detail.`,
    () => 'Your password is required to continue. A password must have twelve signs.',
    (r) => `The commit ${r.letters(40, '0123456789abcdef')} broke the build.`,
    (r) => `The account reference DE${r.digits(2)} has been closed; see IBAN rules.`,
    (r) => `It costs $${r.digits(4)}.${r.digits(2)} or ${r.digits(3)} ${r.digits(3)} yen.`,
    (r) => `Measured values: ${r.digits(3)} ${r.digits(3)} ${r.digits(4)} ${r.digits(2)} and ${r.digits(4)}.`,
    () => 'The Street View car turned into the park. We walked down the road for 20 minutes.',
    (r) => `Serial SN-${r.digits(3)}-${r.digits(2)}-${r.digits(4)}-${r.digits(2)} belongs to the printer.`,
    () => 'Machine Learning and Computer Vision are taught in Spring Term.',
    (r) => `See tracking 1Z${r.digits(16)} for the parcel.`,
    () => 'The time is 12:34:56 and the ratio was 3:2:1.',
    () => 'The token bucket algorithm limits the rate. A secret santa is planned.',
    () => 'Company policy says that every bank and hospital must keep records.',
  ],
  zh: [
    (r) => `订单编号${r.digits(18)}已发货。`,
    (r) => `发票号码：${r.digits(8)}，金额${r.digits(4)}元。`,
    (r) => `合同编号为${numbers.makeResidentId(r, false)}。`,
    () => '张开双手，高兴地跳了起来。王国的历史很长。',
    () => '该公司表示，所有银行都应遵守规定。',
    (r) => `会议定于2026年${1 + r.below(12)}月${1 + r.below(28)}日上午十点举行。`,
    () => '这条路很长，我们走了二十分钟才到市中心。',
    (r) => `软件版本 ${r.below(9)}.${r.below(9)}.${r.below(20)}.${r.below(50)} 已发布。`,
    () => '密码长度不得少于十二位，请妥善保管。',
    () => '黄河是中国第二长河，周末去看的人很多。',
    (r) => `型号 XJ-${r.digits(4)}-${r.digits(4)}，单价 ${r.digits(3)} 元。`,
    () => '马上就要下雨了，方便的话带把伞。许多人都这么认为。',
    () => '几家医院和一家科技公司参加了活动。',
    (r) => `第${1 + r.below(9)}章第${1 + r.below(9)}节介绍身份证的办理流程。`,
    (r) => `共计 ${r.digits(3)},${r.digits(3)} 人，同比增长 ${r.below(20)}.${r.below(9)}%。`,
    () => '任何单位和个人不得违反本规定，何时生效另行通知。',
  ],
};

function write(pieces: readonly Piece[], at: number): { text: string; expected: Expected[] } {
  let text = '';
  const expected: Expected[] = [];
  for (const piece of pieces) {
    if (typeof piece === 'string') text += piece;
    else {
      const [kind, value] = piece;
      expected.push({ kind, start: at + text.length, end: at + text.length + value.length });
      text += value;
    }
  }
  return { text, expected };
}

/** Texts of one to four sentences, a third of these with nothing personal; every eighth text is about a secret. */
export function makeTexts(seed: number, count: number): MadeText[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const language = index % 2 === 0 ? 'en' : 'zh';
    let text = '';
    const expected: Expected[] = [];
    const add = (pieces: readonly Piece[]): void => {
      const more = write(pieces, text.length);
      text += more.text;
      expected.push(...more.expected);
      if (!text.endsWith('\n')) text += language === 'en' ? ' ' : '';
    };
    const sentences = 1 + random.below(4);
    for (let turn = 0; turn < sentences; turn += 1) {
      if (random.below(3) === 0) add([random.pick(lookAlikes[language])(random)]);
      else add(random.pick(language === 'en' ? english : chinese)(random));
    }
    if (index % 8 < 2) {
      const [before, secret, behind] = madeSecret(random);
      add(['\n', before, ['secret', secret], behind, '\n']);
    }
    return { text, language, expected };
  });
}
