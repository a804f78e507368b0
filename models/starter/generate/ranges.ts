import type { SlotType } from './slot-types.ts';

/** The least and the most of a number, both included. */
export interface Range {
  readonly least: number;
  readonly most: number;
  /** What it may be measured in; anything when absent. */
  readonly units?: readonly Unit[];
}

export type Unit =
  | 'km'
  | 'm'
  | 'cm'
  | 'mi'
  | 't'
  | 'kg'
  | 'g'
  | 'lb'
  | 'minute'
  | 'hour'
  | 'day'
  | 'week'
  | 'month'
  | 'year';

interface UnitRule {
  readonly says: RegExp;
  readonly units: readonly Unit[];
}

/** A person is not 600 meters tall, and nobody guarantees a lathe for eleven minutes. */
const unitRules: Readonly<Partial<Record<SlotType, readonly UnitRule[]>>> = {
  DISTANCE: [
    { says: /height.* person|身高.* person|taller|wide|width|diameter|centimet/, units: ['cm'] },
    { says: /length.* (garment|room|machine|vehicle)|全长.* (room|vehicle)/, units: ['m', 'cm'] },
    { says: /height|length|depth|tall|deep|high\b|高|长|深/, units: ['m'] },
    { says: /range|hour|trip|drive|flight|公里|小时/, units: ['km', 'mi'] },
  ],
  WEIGHT: [
    { says: /dose|flour|sugar|butter|grams|克/, units: ['g'] },
    {
      says: /weight.* (vehicle|machine)|重量.* (vehicle|machine)|truck|bridge|crane|elevator|harvest/,
      units: ['t', 'kg'],
    },
    { says: /weight.* (device|garment|order|plant)|parcel|letter|newborn|baby/, units: ['kg', 'g'] },
    { says: /./, units: ['kg', 'lb'] },
  ],
  DURATION: [
    { says: /cook|bak|boil|minutes|oven|油|烤|炸|煮/, units: ['minute', 'hour'] },
    { says: /warranty|guarantee|保修|质保|contract|lease|loan|合同/, units: ['month', 'year'] },
    { says: /\bage\b|years old|岁月|年龄|experience|经验/, units: ['year'] },
    { says: /delay|late\b|延误|晚|break|pause|停电|停水/, units: ['minute', 'hour'] },
    { says: /doses|服用|vaccin|medicine/, units: ['hour', 'day'] },
    { says: /notice|vacation|leave|holiday|water|假/, units: ['day', 'week'] },
    {
      says: /duration.* (dish|trip|event|machine|book)|时长.* (dish|trip|event)|flight|ride|meeting|concert/,
      units: ['minute', 'hour'],
    },
    { says: /project|course|campaign/, units: ['day', 'week', 'month'] },
  ],
};

interface Rule {
  readonly says: RegExp;
  readonly least: number;
  readonly most: number;
}

/**
 * What stands right beside a number decides how large it may be: a village has not twelve inhabitants, a tennis club not
 * four thousand cups. The first rule that fits the neighbourhood of the slot wins.
 */
const countRules: readonly Rule[] = [
  { says: /years? (old|of age)|or younger|or older|\baged? |岁/, least: 5, most: 95 },
  { says: /square (metres|meters|feet)|平方米|sqm/, least: 20, most: 960 },
  { says: /km\/h|kilomet(re|er)s (per|an) hour|mph|公里\/?小时/, least: 20, most: 140 },
  { says: /calories|kcal|千卡|卡路里/, least: 80, most: 900 },
  { says: /heart rate|beats|pulse|心率/, least: 48, most: 185 },
  { says: /grams?\b|\bg\b|克/, least: 20, most: 900 },
  { says: /millilit|\bml\b|毫升/, least: 50, most: 950 },
  { says: /litres?|liters?|升/, least: 10, most: 400 },
  { says: /watts?\b|瓦/, least: 40, most: 2400 },
  { says: /volts?\b|伏/, least: 12, most: 480 },
  { says: /minutes|\bmin\b|分钟/, least: 15, most: 240 },
  { says: /degrees|°|度/, least: 5, most: 90 },
  { says: /pages|页/, least: 40, most: 890 },
  { says: /inhabitants|residents|population|居民|人口/, least: 300, most: 98_000 },
  { says: /users|visitors|votes|copies|readers|subscribers|用户|游客|观众|票/, least: 120, most: 48_000 },
  { says: /students|pupils|members|guests|people|employees|staff|学生|会员|员工|人/, least: 21, most: 960 },
  { says: /centimet|\bcm\b|厘米|inch/, least: 20, most: 240 },
  { says: /millimet|\bmm\b|毫米/, least: 5, most: 900 },
  { says: /kilomet|\bkm\b|miles|公里/, least: 8, most: 940 },
  { says: /room|house number|platform|gate|seat|号房|房间/, least: 21, most: 420 },
  { says: /eggs|cups|glasses|bottles|trees|nests|horses|cows|chairs|tables/, least: 21, most: 180 },
];

const moneyRules: readonly Rule[] = [
  {
    says: /asking|farm|house price|villa|mortgage|purchase price|property|房价|购房|房屋总价/,
    least: 90_000,
    most: 880_000,
  },
  {
    says: /salary|annual|yearly|budget|turnover|revenue|profit|investment|prize|年薪|预算|营业额|投资|奖金/,
    least: 12_000,
    most: 480_000,
  },
  { says: /rent|repair|laptop|invoice|deposit|insurance|租金|押金|维修|发票|保费/, least: 180, most: 4_800 },
  {
    says: /ticket|lunch|meal|fee|fine|coffee|book|parking|per hour|late|门票|午餐|套餐|餐|停车|罚款|小时/,
    least: 4,
    most: 95,
  },
];

const defaults: Readonly<Partial<Record<SlotType, Range>>> = {
  NUM: { least: 21, most: 980 },
  SMALLNUM: { least: 2, most: 20 },
  MONEY: { least: 12, most: 9_800 },
  PERCENT: { least: 2, most: 96 },
  YEAR: { least: 1951, most: 2029 },
};

const neighbourhood = 28;

/** The range of a slot in one corpus object, from the words around it wherever the object says it. */
export function rangeOf(type: SlotType, slot: string, texts: readonly string[]): Range {
  const rules = type === 'NUM' ? countRules : type === 'MONEY' ? moneyRules : [];
  const around = texts.flatMap((text) => neighbourhoods(text, `{${slot}}`)).join(' / ');
  const whole = type === 'MONEY' ? `${around} ${texts.join(' ')}` : around;
  const { least, most } = rules.find(({ says }) => says.test(whole)) ?? defaults[type] ?? { least: 2, most: 90 };
  const units = unitRules[type]?.find(({ says }) => says.test(texts.join(' ')))?.units;
  return units === undefined ? { least, most } : { least, most, units };
}

function neighbourhoods(text: string, slot: string): string[] {
  const found: string[] = [];
  for (let at = text.indexOf(slot); at >= 0; at = text.indexOf(slot, at + 1)) {
    found.push(
      text.slice(Math.max(0, at - neighbourhood), at) + text.slice(at + slot.length, at + slot.length + neighbourhood),
    );
  }
  return found;
}
