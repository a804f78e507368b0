import type { FactKind } from '../../shared/contract/index.ts';

interface FactRule {
  readonly kind: FactKind;
  readonly pattern: RegExp;
  /** How much it would be missed. */
  readonly weight: number;
  /** Only what the person says about themselves. */
  readonly from?: 'user';
}

const months = '(?:january|february|march|april|may|june|july|august|september|october|november|december)';
const wideNumber = '[\\d一二三四五六七八九十两百千万零〇]+';

/** What marks a sentence as one that must not be lost. English and Chinese. */
export const factRules: readonly FactRule[] = [
  {
    kind: 'person',
    weight: 5,
    from: 'user',
    pattern:
      /\b(?:my (?!(?:question|point|guess|understanding|bad)\b)[\w' -]{2,40}? (?:is|are|was|were|lives?|works?|has|have|likes?|hates?|turns|moved|called)\b|call me\b|my name\b|i(?:'m| am) (?:a|an|the|from|allergic|vegetarian|vegan|married|\d+|called|based|living|working|afraid|\w+ years)\b|i (?:live|work|was born|grew up|study|studied|have (?:a|an|two|three|four)|prefer|hate|love|speak|can't eat|don't eat|drive|play|own)\b|we (?:live|have (?:a|an|two|three|four)|moved|own|are moving)\b)/iu,
  },
  {
    kind: 'person',
    weight: 5,
    from: 'user',
    pattern:
      /我(?:叫|姓|住|来自|出生|在.{1,12}(?:工作|上班|上学|读书)|今年|喜欢|讨厌|不吃|不喝|过敏|对.{1,8}过敏|有(?:一|两|三|个)|养|会说|最喜欢|是(?:一|个|做))|我(?:的)?(?:名字|生日|妻子|丈夫|老婆|老公|妈妈|爸爸|母亲|父亲|妹妹|姐姐|弟弟|哥哥|女儿|儿子|孩子|狗|猫|车|医生|老板|公司|家|电话|邮箱|地址|朋友|同事|奶奶|爷爷|外婆|外公).{0,30}(?:是|叫|在|住|有|于|，|:|：)|叫我/u,
  },
  {
    kind: 'decision',
    weight: 4,
    pattern:
      /\b(?:(?:we|i|they|let's|team) (?:\w+ )?(?:decided|agreed|settled|chose|picked|went with|go with|will go with|concluded)|decision (?:is|was)|it's decided|agreed on|final (?:choice|version|answer|decision)|let's (?:use|take|go|do|make|call|book|meet))\b|决定|说好了?|商定|定下|定为|同意|就用|改成|最终|选定|选了/iu,
  },
  {
    kind: 'promise',
    weight: 4,
    pattern:
      /\b(?:i(?:'ll| will)|we(?:'ll| will)|promised?|remind me|deadline|due (?:on|by|date)|by (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|the end)|don't forget|must not forget|remember to|appointment|booked|reserved|reservation)\b|答应|保证|一定会|截止|别忘|提醒我|记得要|预约|预订|约好|订了|要在.{1,10}(?:之前|前)/iu,
  },
  {
    kind: 'amount',
    weight: 3,
    pattern: new RegExp(
      `[$€£¥₹]\\s?\\d|\\d[\\d.,]*\\s?(?:%|percent|euros?|dollars?|pounds?|yuan|usd|eur|gbp|km|kg|miles?|metres?|meters?|cm|mm|litres?|liters?|grams?|hours?|minutes?|gb|mb|tb|square)\\b|${wideNumber}(?:元|块|美元|欧元|公里|千米|公斤|斤|米|厘米|升|克|小时|分钟|平方米|万|%)`,
      'iu',
    ),
  },
  {
    kind: 'date',
    weight: 3,
    pattern: new RegExp(
      `\\b\\d{4}-\\d{1,2}-\\d{1,2}\\b|\\b\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}\\b|\\b\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${months}\\b|\\b${months} \\d{1,2}\\b|\\bin (?:19|20)\\d{2}\\b|\\b\\d{1,2}:\\d{2}\\b|\\b\\d{1,2} ?(?:am|pm)\\b|\\b(?:on|next|every) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)\\b|${wideNumber}月${wideNumber}[日号]|\\d{4}年|(?:上午|下午|早上|晚上|中午)?${wideNumber}点|(?:星期|周)[一二三四五六日天]`,
      'iu',
    ),
  },
  {
    kind: 'number',
    weight: 2.5,
    pattern:
      /\+?\d[\d ()-]{7,}\d|\b[A-Z]{1,5}[- ]?\d{2,}[A-Z\d-]*\b|\b[\w.+-]+@[\w-]+\.[\w.]+\b|\bhttps?:\/\/\S+|\b\d{3,}\b|\b(?:code|pin|password|room|gate|seat|flight|platform|order|version|number)\b.{0,12}\d|(?:密码|房间|航班|座位|订单|编号|号码|车牌|版本).{0,8}\d/u,
  },
  {
    kind: 'name',
    weight: 2,
    pattern:
      /[a-z,;:] (?:Dr\. |Mr\. |Mrs\. |Ms\. |Prof\. )?[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})*|\b(?:called|named|name is)\b|(?:名叫|叫做|叫作|名字)|《[^》]+》|“[^”]{2,20}”/u,
  },
];
