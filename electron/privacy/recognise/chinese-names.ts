import type { Candidate, ReadText } from './candidate.ts';

/** Frequent surnames; those that are also everyday words are in `ordinary`. */
const surnames =
  '高王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂柴焦左柳甘祝包宁尚符舒阮柯纪梅童凌单裴霍成苗谷盛曲翁冉骆蓝路游辛欧靳管柏涂蒙滕庄卞';
const compound = '欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|端木|夏侯|南宫';
const ordinary = new Set('于任成方万文安白常向易包单管路左温江余田石金时何许程高都应'.split(''));
/** Signs that follow a name and hardly ever end one. */
const notInNames = new Set(
  '的在于住说是和与及已将来去到从向对为把被有因提签出电要请今昨女老打给让就也都还又很不没会能可应该以由即则并且或等之其这那你我他她它们了着过吗呢吧啊位名因致表认意收付交做前后上下每年月日时分号男身患入离借租买卖主经负担任通拨联随曾未于作做所需现刚常'.split(
    '',
  ),
);
const han = /[\u4e00-\u9fff]/;

const given = '[\\u4e00-\\u9fff·]';
const named = `(?:(?:${compound})${given}{1,2}|[${surnames}]${given}{1,2})`;
const labels =
  '姓名|名字|联系人|收件人|收货人|寄件人|发件人|患者|病人|客户|员工|申请人|被申请人|法定代表人|法人代表|法人|负责人|经办人|代理人|委托人|受托人|甲方|乙方|丙方|出租人|承租人|房东|租客|租户|买方|卖方|借款人|出借人|担保人|保证人|证人|原告|被告|户主|持卡人|开户名|户名|账户名|收款人|付款人|签名|签字|署名|作者|主治医生|主治医师|医生|老师|同事|朋友|邻居|经理|主任|学生|本人|投保人|被保险人|受益人|监护人|紧急联系人|家属|配偶|父亲|母亲|丈夫|妻子|儿子|女儿|哥哥|姐姐|弟弟|妹妹|同学|律师|主管|秘书|助理|记者|旅客|乘客|司机|我叫|名叫|叫做|我是|他叫|她叫';
const labelled = new RegExp(
  `(?:${labels})(?:\\([^)\\n]{1,8}\\)|（[^）\\n]{1,8}）)?\\s{0,3}(?:[:：]|是|为|叫)?\\s{0,2}(?<value>${named})`,
  'dg',
);
const titled = new RegExp(
  `(?<value>(?:${compound}|[${surnames}])${given}{0,2}?)(?:先生|女士|小姐|太太|老师|医生|医师|教授|博士|律师|经理|总监|主任|院长|校长|护士|警官|法官|师傅|同学|同志|阿姨|叔叔)`,
  'dg',
);
const acts =
  '说|表示|签署|签字|签订|出生|生于|住在|居住|现住|家住|致电|来电|打来|提交|申请|入职|离职|于\\d|告诉|提到|回复|[,，]\\s?(?:男|女)|[(（](?:男|女|身份证|电话|手机|出生|以下|护照)|(?:的|之)(?:电话|手机|邮箱|身份证|地址|住址|护照|病历|生日|账户|银行卡|联系方式|工资|合同|简历|密码|卡号|家|母亲|父亲|妻子|丈夫|儿子|女儿|车|申请|订单)|身份证|电话[:：]|手机[:：]|因病|因|已于|已经|被诊断|前来|到院|办理|向我|同意|承诺|负责|担任|毕业|就职|任职|购买|支付|借给|欠';
const acting = new RegExp(`(?<value>(?:${compound})${given}{1,2}|[${surnames}]${given}{1,2}?)(?=${acts})`, 'dg');
const joined = new RegExp(
  `(?<=由|与|和|跟|给|请|让|找|对|向|及|、|是|为|见到|联系|通知|邀请|致)(?<value>${named})(?=[，。；、,;:：)）\\s]|和|与|及|$)`,
  'dg',
);
/** Signs before which a name may begin in the middle of a sentence. */
const mayStandBefore = /[由与和跟给请让找对向及是为叫并经由者人方师生户友事，。]/;

/** People in Chinese: a surname, one or two more characters, and words that are said of people. */
export function findChineseNames({ text }: ReadText): Candidate[] {
  if (!han.test(text)) return [];
  const found: Candidate[] = [];
  const add = (rule: string, score: number, start: number, end: number): void => {
    if (end - start >= 2) found.push({ kind: 'name', rule, start, end, score });
  };
  for (const [start, end] of valuesOf(labelled, text)) {
    const fitted = fit(text, start, end);
    if (fitted - start >= 2) add('name-cn-label', 0.86, start, fitted);
  }
  for (const [start, end] of valuesOf(titled, text)) {
    const before = text[start - 1] ?? '';
    const short = end - start < 2;
    // `王先生` says a surname only; with the title it still tells who.
    if (han.test(before) && !mayStandBefore.test(before) && ordinary.has(text[start] ?? '') && end - start < 3) {
      continue;
    }
    if (short) found.push({ kind: 'name', rule: 'name-cn-surname', start, end: start + 1, score: 0.6 });
    else if (![...text.slice(start + 1, end)].some((sign) => notInNames.has(sign))) {
      add('name-cn-title', 0.82, start, end);
    }
  }
  for (const [start, end] of valuesOf(acting, text)) {
    const before = text[start - 1] ?? '';
    if (han.test(before) && !mayStandBefore.test(before)) continue;
    const value = text.slice(start, end);
    if ([...value.slice(1)].some((sign) => notInNames.has(sign))) continue;
    if (ordinary.has(value[0] ?? '') && value.length < 3) continue;
    add('name-cn-act', ordinary.has(value[0] ?? '') ? 0.6 : 0.72, start, end);
  }
  for (const [start, end] of valuesOf(joined, text)) {
    const value = text.slice(start, end);
    if ([...value.slice(1)].some((sign) => notInNames.has(sign))) continue;
    if (value.length === 3 && !ordinary.has(value[0] ?? '')) add('name-cn-joined', 0.6, start, end);
  }
  return found;
}

/** A second character of the given name that is more likely the next word is left out. */
function fit(text: string, start: number, end: number): number {
  const firstGiven = new RegExp(`^(?:${compound})`).test(text.slice(start, end)) ? start + 2 : start + 1;
  for (let at = firstGiven; at < end; at += 1) {
    const sign = text[at] ?? '';
    const more = han.test(text[at + 1] ?? '');
    if (notInNames.has(sign) && (more || at === firstGiven)) return at;
  }
  return end;
}

function* valuesOf(pattern: RegExp, text: string): Generator<readonly [number, number]> {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const place = match.indices?.groups?.['value'];
    if (place !== undefined) yield place;
    // The next may begin inside what follows the value.
    pattern.lastIndex = Math.max(place?.[1] ?? 0, match.index + 1);
  }
}
