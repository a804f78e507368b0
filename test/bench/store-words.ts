import { RandomBits } from '../model/random-bits.ts';

const usual = (
  'the of and to a in is that it for on with as you are be this can your at or an from by not have but will which one ' +
  'they all has more was if when use there their about how what would make like time other some than into could them ' +
  'only these two may then first also people work data because system file between number model information used way ' +
  'need many example new each most should where through using function value between question answer different water ' +
  'river mountain government language history science computer problem process market history music energy travel'
).split(' ');

const beginnings = 'b c d f g h l m n p r s t v w br ch cl cr dr fl gr pl pr sh st str th tr qu'.split(' ');
const middles = 'a e i o u ai ea ee ie io ou ar er or en an in on al el'.split(' ');
const endings = 'n r s t l m d ck ng nt st rd ment tion ing ed er ly al ive ous able ness ry ty'.split(' ');

const usualChinese = (
  '我们 你们 他们 什么 怎么 可以 没有 一个 这个 那个 因为 所以 但是 如果 时候 问题 工作 时间 公司 中国 世界 生活 学习 学校 老师 学生 ' +
  '朋友 今天 明天 昨天 天气 数据 模型 系统 文件 函数 例如 需要 使用 方法 结果 信息 语言 历史 科学 经济 市场 音乐 旅行 北京 上海 ' +
  '河流 高山 冰川 能源 健康 医生 医院 电脑 手机 网络 程序 代码 回答 解释 总结 翻译 邮件 会议 计划 项目 报告 客户 产品 价格 质量'
).split(' ');
const characters =
  '的一是不了在人有我他这中大来上个国到说们为子和你地出会也时要就可以对生能而得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运';

/** How common the word at a place is: the law of Zipf, flattened a little at its top as in real text. */
const weight = (place: number): number => 1 / (place + 2.7);

export interface Words {
  readonly english: readonly string[];
  readonly chinese: readonly string[];
  /** A word in its natural frequency. */
  nextEnglish(): string;
  nextChinese(): string;
}

const tableSize = 1 << 16;

/** Words of two languages, invented beyond the usual ones, always the same and in natural proportions. */
export function createWords(seed: number): Words {
  const random = new RandomBits(seed);
  const english = invent(usual, 40_000, () => {
    const syllables = 1 + (random.next() >>> 30);
    let word = '';
    for (let index = 0; index < syllables; index += 1) word += pick(beginnings, random) + pick(middles, random);
    return word + pick(endings, random);
  });
  const single = [...characters];
  const chinese = invent(usualChinese, 12_000, () => pick(single, random) + pick(single, random));
  const [englishTable, chineseTable] = [tableOf(english), tableOf(chinese)];
  return {
    english,
    chinese,
    nextEnglish: () => pick(englishTable, random),
    nextChinese: () => pick(chineseTable, random),
  };
}

function invent(first: readonly string[], count: number, next: () => string): string[] {
  const words = new Set(first);
  while (words.size < count) words.add(next());
  return [...words];
}

/** Each word as often as its share; the rarest share the last places. */
function tableOf(words: readonly string[]): string[] {
  const total = words.reduce((sum, _, place) => sum + weight(place), 0);
  const table: string[] = [];
  let sum = 0;
  for (const [place, word] of words.entries()) {
    sum += weight(place);
    while (table.length < (sum / total) * tableSize) table.push(word);
  }
  return table;
}

function pick<T>(items: readonly T[], random: RandomBits): T {
  const item = items[(random.next() >>> 0) % items.length];
  if (item === undefined) throw new Error('Nothing to pick from.');
  return item;
}
