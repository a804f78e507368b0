import type { DocumentTask } from '../../../shared/contract/index.ts';

const thing =
  '(?:this|it|that|these|them|(?:(?:the|this|that|my|these|the whole|this whole|the entire) )?(?:document|file|pdf|text|paper|report|book|article|contract|documents|files|attachment|attached (?:file|document|pdf)|whole thing)|\\S{1,80}\\.[a-z0-9]{2,5})';
const please = "(?:please,? |(?:can|could|would) you (?:please )?|i(?:’d|'d| would) like (?:you to )?)?";
const after = '(?: for me)?(?:,? please)?(?: in (?:a few|\\w+) (?:words|sentences|points|bullet points|paragraphs))?';

const zhThing =
  '(?:这|此|该|一下|上面的|整)?(?:份|个|篇|本|些)?(?:文件|文档|文章|报告|合同|材料|资料|附件|书|论文|PDF|pdf)?(?:的)?(?:内容|全文)?';
const zhPlease = '(?:请|麻烦|帮我|请帮我|请你|能不能|可以)?(?:把|给我|对)?';

/** Only whole sentences that say nothing else: anything more is a question, and the passages that fit it answer it better. */
const patterns: readonly (readonly [RegExp, DocumentTask['kind']])[] = [
  [
    new RegExp(
      `^${please}(?:summari[sz]e|sum up|give (?:me )?(?:a|the) (?:short |brief )?(?:summary|overview) of) ${thing}${after}$`,
      'iu',
    ),
    'summary',
  ],
  [
    new RegExp(
      `^${please}(?:give me |write )?(?:a |the )?(?:short |brief )?(?:summary|overview|tl;?dr)(?: of ${thing})?${after}$`,
      'iu',
    ),
    'summary',
  ],
  [new RegExp(`^what is ${thing} about$`, 'iu'), 'summary'],
  [
    new RegExp(
      `^${please}(?:give me |list |extract |find )?(?:the |all )?key (?:facts|points|figures)(?: (?:of|in|from) ${thing})?${after}$`,
      'iu',
    ),
    'keyFacts',
  ],
  [
    new RegExp(
      `^${please}(?:give me |write |make |show (?:me )?)?(?:a |the )?(?:table of contents|outline)(?: (?:of|for) ${thing})?${after}$`,
      'iu',
    ),
    'outline',
  ],
  [
    new RegExp(
      `^${zhPlease}${zhThing}(?:做|写|给)?(?:个|一个|一份)?(?:总结|概括|归纳|摘要|概述)(?:一下)?${zhThing}(?:吧|好吗|可以吗)?$`,
      'u',
    ),
    'summary',
  ],
  [new RegExp(`^${zhThing}(?:主要)?(?:讲了|说了|讲的是|说的是|是关于)什么(?:内容)?$`, 'u'), 'summary'],
  [
    new RegExp(`^${zhPlease}(?:列出|提取|找出)?${zhThing}(?:中|里|里的|中的)?(?:关键事实|要点|重点|关键信息)$`, 'u'),
    'keyFacts',
  ],
  [new RegExp(`^${zhPlease}(?:列出|生成|写出)?${zhThing}(?:目录|大纲|提纲)$`, 'u'), 'outline'],
];

/** Longer ones say more than that. */
const mostChars = 160;

/** What a few plain words ask to be done with whole documents; undefined for everything that could be meant otherwise. */
export function recogniseTask(text: string): DocumentTask | undefined {
  const words = text
    .trim()
    .replaceAll(/\s+/gu, ' ')
    .replace(/[\s.!?。！？…~]+$/u, '');
  if (words === '' || words.length > mostChars) return undefined;
  const kind = patterns.find(([pattern]) => pattern.test(words))?.[1];
  return kind === undefined || kind === 'translate' ? undefined : { kind };
}
