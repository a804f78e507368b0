import { englishValue, mostOf } from './english-values.ts';
import type { Random } from './random.ts';
import type { Range, Unit } from './ranges.ts';
import { chineseLists as lists } from './slot-lists.ts';
import type { SlotType } from './slot-types.ts';

const weekdays = ['周一', '周二', '周三', '周四', '周五', '周六', '周日', '星期一', '星期三', '星期五'];

const menus = {
  DURATION: ['minute', 'hour', 'day', 'week', 'month', 'year'],
  DISTANCE: ['km', 'm', 'cm'],
  WEIGHT: ['kg', 'g', 't'],
} as const satisfies Record<string, readonly Unit[]>;

const unitNames: Readonly<Record<Unit, readonly string[]>> = {
  km: ['公里', '千米'],
  m: ['米'],
  cm: ['厘米'],
  mi: ['英里'],
  t: ['吨'],
  kg: ['公斤', '千克'],
  g: ['克'],
  lb: ['磅', '斤'],
  minute: ['分钟'],
  hour: ['小时'],
  day: ['天'],
  week: ['周'],
  month: ['个月'],
  year: ['年'],
};

/** One random value of a type, in Chinese; what is written in Latin letters there too comes from the English ones. */
export function chineseValue(type: SlotType, random: Random, range: Range): string {
  const { pick, whole, chance } = random;
  switch (type) {
    case 'PERSON':
      return pick(lists.surnames) + name(random);
    case 'FIRSTNAME':
      return chance(0.4) ? `小${pick(lists.surnames)}` : name(random);
    case 'ORG':
      return pick(lists.orgStarts) + pick(lists.orgEnds);
    case 'PRODUCT':
      return `${pick(lists.productStarts)}${pick(lists.productEnds)}${chance(0.4) ? `${pick(['A', 'S', 'X', 'M'])}${whole(1, 99)}` : ''}`;
    case 'CITY':
      return `${pick(lists.cities)}${chance(0.2) ? '市' : ''}`;
    case 'COUNTRY':
      return pick(lists.countries);
    case 'ROLE':
      return pick(lists.roles);
    case 'DEPARTMENT':
      return pick(lists.departments);
    case 'DATE':
      return `${chance(0.35) ? `${whole(2019, 2029)}年` : ''}${whole(1, 12)}月${whole(1, 28)}日`;
    case 'MONTH':
      return `${whole(1, 12)}月`;
    case 'YEAR':
      return String(whole(range.least, range.most));
    case 'WEEKDAY':
      return pick(weekdays);
    case 'TIME': {
      const minutes = whole(0, 11) * 5;
      if (chance(0.4)) return `${whole(6, 22)}:${String(minutes).padStart(2, '0')}`;
      return `${pick(['上午', '下午', '早上', '晚上'])}${whole(1, 12)}点${minutes === 0 ? '' : minutes === 30 ? '半' : `${minutes}分`}`;
    }
    case 'DURATION':
    case 'DISTANCE':
    case 'WEIGHT': {
      const unit = pick(range.units ?? menus[type]);
      return `${whole(2, mostOf(unit))}${pick(unitNames[unit])}`;
    }
    case 'MONEY': {
      const amount = whole(range.least, range.most);
      return amount > 20_000 && chance(0.5) ? `${Math.round(amount / 10_000)}万元` : `${amount}元`;
    }
    case 'PERCENT':
      return `${whole(range.least, range.most)}${chance(0.2) ? `.${whole(1, 9)}` : ''}%`;
    case 'NUM':
    case 'SMALLNUM':
      return String(whole(range.least, range.most));
    case 'TEMP':
      return `${chance(0.1) ? '零下' : ''}${whole(2, 95)}${chance(0.5) ? '℃' : '度'}`;
    case 'PHONE':
      return chance(0.6)
        ? `1${whole(30, 99)}${whole(10_000_000, 99_999_999)}`
        : `0${whole(10, 99)}-${whole(10_000_000, 99_999_999)}`;
    case 'COLOR':
      return pick(lists.colors);
    case 'ANIMAL':
      return pick(lists.animals);
    case 'FOOD':
      return pick(lists.foods);
    case 'DRUG':
      return pick(lists.drugs);
    case 'DISEASE':
      return pick(lists.diseases);
    case 'COURSE':
      return pick(lists.courses);
    case 'BOOK':
      return pick(lists.books);
    case 'SPORT':
      return pick(lists.sports);
    case 'VEHICLE':
      return pick(lists.vehicles);
    case 'MATERIAL':
      return pick(lists.materials);
    case 'FILE':
      return `${pick(lists.fileStems)}${whole(1, 2029)}.${pick(lists.fileEnds)}`;
    case 'EMAIL':
    case 'URL':
    case 'CODE':
    case 'VERSION':
      return englishValue(type, random, range);
  }
}

function name({ pick, chance }: Random): string {
  return pick(lists.given) + (chance(0.25) ? pick(lists.given).charAt(0) : '');
}
