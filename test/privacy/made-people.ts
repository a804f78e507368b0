import type { Random } from './random.ts';

const english = {
  first:
    'Maria James Wei Olivia Kofi Fatima Robert Ingrid Pavel Sakura Daniel Emily Hector Amara Thomas Niamh Raj Laura Bjorn Chloe Samuel Yara Patrick Leila Edward Grace Tomasz Hannah Victor Anneke'.split(
      ' ',
    ),
  last: "Gonzalez Okafor Smith Lindqvist O'Connor Nakamura Brown Petrov Whitfield Castellanos Murphy Zhang Kowalski Abernathy Rossi Haddad Thornton Dubois Eriksen Mbeki Larsson Hargreaves Novak Silva Fitzgerald Iyer Berg Patel".split(
    ' ',
  ),
};
const chinese = {
  last: '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'.split(''),
  compound: ['欧阳', '司马', '诸葛'],
  given:
    '伟 芳 娜 敏 静 丽 强 磊 洋 艳 勇 军 杰 娟 涛 超 建国 志强 秀英 海燕 文博 子涵 雨桐 浩然 晓东 美玲 国栋 佳怡 俊杰 思远 梓萱 春梅 玉兰 小龙 一鸣 立新 欣悦 永康 少华'.split(
      ' ',
    ),
};

export function englishPerson(random: Random): string {
  const first = random.pick(english.first);
  const last = random.pick(english.last);
  const middle = random.below(8) === 0 ? ` ${random.letters(1, 'ABCDEFGHJKLMNPRST')}.` : '';
  return `${first}${middle} ${last}`;
}

export function chinesePerson(random: Random): string {
  const last = random.below(15) === 0 ? random.pick(chinese.compound) : random.pick(chinese.last);
  return last + random.pick(chinese.given);
}

export function emailOf(random: Random): string {
  const user = `${random.pick(english.first)}${random.pick(['.', '_', '', '-'])}${random.pick(english.last)}`
    .toLowerCase()
    .replaceAll("'", '');
  const host = random.pick(['example.com', 'mail.example.org', 'firma.example', 'qq.example.cn', 'post.example.co.uk']);
  return `${user}${random.below(3) === 0 ? random.digits(2) : ''}@${host}`;
}

export function englishPhone(random: Random): string {
  const tail = `${200 + random.below(799)}`;
  return random.pick([
    () => `(${random.pick(['415', '212', '617', '312'])}) ${tail}-${random.digits(4)}`,
    () => `${random.pick(['415', '646', '503'])}-${tail}-${random.digits(4)}`,
    () => `+1 ${random.pick(['415', '917'])} ${tail} ${random.digits(4)}`,
    () => `+44 7${random.digits(3)} ${random.digits(6)}`,
    () => `07${random.digits(3)} ${random.digits(6)}`,
    () => `020 7${random.digits(3)} ${random.digits(4)}`,
    () => `+49 30 ${random.digits(8)}`,
    () => `+33 6 ${random.digits(2)} ${random.digits(2)} ${random.digits(2)} ${random.digits(2)}`,
    () => `+91 9${random.digits(4)} ${random.digits(5)}`,
    () => `+86 138 ${random.digits(4)} ${random.digits(4)}`,
  ])();
}

export function chinesePhone(random: Random): string {
  const mobile = `1${random.pick(['38', '59', '77', '86', '91', '35'])}${random.digits(8)}`;
  return random.pick([
    () => mobile,
    () => mobile.replace(/(...)(....)(....)/, '$1 $2 $3'),
    () => mobile.replace(/(...)(....)(....)/, '$1-$2-$3'),
    () => `010-${6 + random.below(3)}${random.digits(7)}`,
    () => `0755-${2 + random.below(6)}${random.digits(7)}`,
    () => `+86 ${mobile}`,
  ])();
}

export function englishAddress(random: Random): string {
  const way = `${1 + random.below(240)} ${random.pick(['Maple', 'Church', 'Kingfisher', 'Old Mill', 'Station', 'Victoria', 'Harbour'])} ${random.pick(['Street', 'Road', 'Avenue', 'Lane', 'Drive', 'Close'])}`;
  return random.pick([
    () => `${way}, ${random.pick(['Portland, OR 97205', 'Austin, TX 78701', 'Boston, MA 02118'])}`,
    () => `${way}, ${random.pick(['London NW1 6XE', 'Leeds LS2 9JT', 'Bristol BS1 5TR'])}`,
    () => way,
    () => `Flat ${1 + random.below(30)}, ${way}`,
    () => `P.O. Box ${random.digits(4)}, ${random.pick(['Reno, NV 89501', 'Salem, OR 97301'])}`,
  ])();
}

export function chineseAddress(random: Random): string {
  const city = random.pick([
    '北京市朝阳区',
    '上海市浦东新区',
    '广东省深圳市南山区',
    '浙江省杭州市西湖区',
    '四川省成都市武侯区',
    '江苏省苏州市姑苏区',
  ]);
  const way = random.pick(['建国路', '世纪大道', '科技南一路', '文三路', '人民南路四段', '平江路', '解放街']);
  const rest = random.pick([
    () => `${1 + random.below(300)}号`,
    () => `${1 + random.below(300)}号${1 + random.below(20)}栋${101 + random.below(900)}室`,
    () =>
      `${1 + random.below(300)}号阳光花园${1 + random.below(12)}号楼${1 + random.below(5)}单元${101 + random.below(900)}室`,
  ])();
  return `${city}${way}${rest}`;
}

export function englishOrganisation(random: Random): string {
  const name = random.pick([
    'Brightwater',
    'Northgate',
    'Helios',
    'Blue Heron',
    'Castleford',
    'Meridian',
    'Quarry Hill',
  ]);
  return `${name} ${random.pick(['Logistics Ltd', 'Pharmaceuticals Inc', 'Consulting LLC', 'Energy PLC', 'Systems GmbH', 'Insurance Company', 'Hospital'])}`;
}

export function chineseOrganisation(random: Random): string {
  const place = random.pick(['北京', '上海', '深圳', '杭州', '成都', '']);
  const name = random.pick(['星辰', '宏远', '蓝海', '鼎盛', '云帆', '恒信']);
  return `${place}${name}${random.pick(['科技有限公司', '物流有限公司', '律师事务所', '股份有限公司', '贸易集团', '医院'])}`;
}
