import type { Candidate, ReadText } from './candidate.ts';

const forms =
  /股份有限公司|有限责任公司|集团有限公司|有限公司|分公司|控股集团|集团|合伙企业|律师事务所|会计师事务所|事务所|研究所|研究院|设计院|人民医院|中心医院|中医院|医院|诊所|卫生院|大学|学院|中学|小学|幼儿园|银行|支行|保险公司|证券公司|基金会|协会|出版社|工作室|工厂|公司/g;
/** What a name of an organisation does not hold, so that it begins behind it. */
const boundary =
  /[^\u4e00-\u9fffA-Za-z0-9()（）·]|就职于|任职于|供职于|工作于|毕业于|服务于|隶属于|就读于|来自|位于|成立于|来到|前往|加入|进入|离开|受雇于|[在由与和向是为到给让从对将把于及或的了]|甲方|乙方|公司名称|名称|单位|雇主|客户|供应商|一家|这家|该|本|我|某|各|所有|任何|其他|几家|多家|哪家|两家|附近|当地|全国/g;
const most = 24;
/** Words that with a form are no name: `股份有限公司` alone, `附属医院`. */
const generic =
  /^(?:上市|大型|小型|国有|民营|外资|子|母|总|分|商业|中央|专科|综合|附属|公立|私立|重点|著名|普通|互联网|科技|保险|房地产|物流|贸易|投资|同一|另一|关联|控股|新|老|大|小|中)*$/;
const brand = /[A-Za-z0-9\u4e00-\u9fff]{2,}/;

/** Organisations in Chinese: the form they end in, back to where the name must have begun. */
export function findChineseOrganisations({ text }: ReadText): Candidate[] {
  const found: Candidate[] = [];
  let previousEnd = 0;
  for (const form of text.matchAll(forms)) {
    const end = form.index + form[0].length;
    const from = Math.max(previousEnd, form.index - most);
    const before = text.slice(from, form.index);
    let begin = 0;
    for (const cut of before.matchAll(boundary)) begin = cut.index + cut[0].length;
    const name = before.slice(begin);
    previousEnd = end;
    if (!brand.test(name) || generic.test(name) || /^\d+$/.test(name)) continue;
    const weak = /^(?:公司|集团|银行|工厂|大学|学院|中学|小学|协会|医院|诊所)$/.test(form[0]);
    if (weak && name.length < 2) continue;
    found.push({ kind: 'organisation', rule: 'organisation-cn', start: from + begin, end, score: weak ? 0.65 : 0.9 });
  }
  return joinNested(found, text);
}

/** `中国银行上海分行`: what ends where the next begins is one name. */
function joinNested(found: readonly Candidate[], text: string): Candidate[] {
  const joined: Candidate[] = [];
  for (const each of found) {
    const last = joined.at(-1);
    if (last !== undefined && last.end === each.start && text[last.end] !== undefined) {
      joined[joined.length - 1] = { ...last, end: each.end };
    } else joined.push(each);
  }
  return joined;
}
