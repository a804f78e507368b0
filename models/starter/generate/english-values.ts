import type { Random } from './random.ts';
import type { Range, Unit } from './ranges.ts';
import { englishLists as lists } from './slot-lists.ts';
import type { SlotType } from './slot-types.ts';

const englishMonths = 'January February March April May June July August September October November December'.split(
  ' ',
);
const weekdays = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const consonants = 'b d f g h k l m n p r s t v z br dr gr kr st tr'.split(' ');
const vowels = 'a e i o u a e i o ai ea io'.split(' ');

const durations: readonly Unit[] = ['minute', 'hour', 'day', 'week', 'month', 'year'];
const distances: readonly Unit[] = ['km', 'm', 'mi', 'cm'];
const weights: readonly Unit[] = ['kg', 'g', 't', 'lb'];
const unitNames: Readonly<Partial<Record<Unit, string>>> = { m: 'meters', mi: 'miles', t: 'tons', lb: 'pounds' };
const largest: Readonly<Record<Unit, number>> = {
  km: 950,
  m: 900,
  cm: 240,
  mi: 400,
  t: 60,
  kg: 900,
  g: 950,
  lb: 240,
  minute: 59,
  hour: 47,
  day: 29,
  week: 19,
  month: 23,
  year: 24,
};

/** The largest number that people write with a unit before they take the next one. */
export function mostOf(unit: Unit): number {
  return largest[unit];
}

/** One random value of a type, in English. */
export function englishValue(type: SlotType, random: Random, range: Range): string {
  const { pick, whole, chance } = random;
  switch (type) {
    case 'PERSON':
      return `${firstName(random)} ${surname(random)}`;
    case 'FIRSTNAME':
      return firstName(random);
    case 'ORG':
      return `${chance(0.3) ? invented(random) : pick(lists.orgStarts)} ${pick(lists.orgEnds)}`;
    case 'PRODUCT':
      return `${chance(0.5) ? invented(random) : pick(lists.orgStarts)} ${pick(lists.productEnds)}`;
    case 'CITY':
      return chance(0.5) ? pick(lists.cities) : pick(lists.cityStarts) + pick(lists.cityEnds);
    case 'COUNTRY':
      return pick(lists.countries);
    case 'ROLE':
      return pick(lists.roles);
    case 'DEPARTMENT':
      return pick(lists.departments);
    case 'DATE':
      return date(random);
    case 'MONTH':
      return pick(englishMonths);
    case 'YEAR':
      return String(whole(range.least, range.most));
    case 'WEEKDAY':
      return pick(weekdays);
    case 'TIME':
      return time(random);
    case 'DURATION': {
      const unit = pick(range.units ?? durations);
      return `${whole(2, mostOf(unit))} ${unit}s`;
    }
    case 'MONEY':
      return money(random, range);
    case 'PERCENT': {
      const number = whole(range.least, range.most);
      return `${chance(0.25) ? `${number}.${whole(1, 9)}` : number}${chance(0.8) ? '%' : ' percent'}`;
    }
    case 'NUM': {
      const number = whole(range.least, range.most);
      return number >= 1000 && chance(0.6) ? grouped(number) : String(number);
    }
    case 'SMALLNUM':
      return String(whole(range.least, range.most));
    case 'TEMP':
      return `${chance(0.1) ? '-' : ''}${whole(2, 95)} ${chance(0.85) ? '°C' : 'degrees'}`;
    case 'DISTANCE':
    case 'WEIGHT': {
      const unit = pick(range.units ?? (type === 'WEIGHT' ? weights : distances));
      const fraction = (unit === 'km' || unit === 'kg') && chance(0.3) ? `.${whole(1, 9)}` : '';
      return `${whole(2, fraction === '' ? mostOf(unit) : 95)}${fraction} ${unitNames[unit] ?? unit}`;
    }
    case 'EMAIL':
      return `${firstName(random).toLowerCase()}.${plain(surname(random))}@${chance(0.5) ? pick(lists.domains) : plain(pick(lists.orgStarts))}.${pick(['com', 'org', 'net', 'eu'])}`;
    case 'PHONE':
      return chance(0.5)
        ? `${whole(200, 989)}-555-0${whole(100, 199)}`
        : `+${whole(20, 98)} ${whole(20, 99)} ${whole(1000, 9999)} ${whole(100, 999)}`;
    case 'URL':
      return `${chance(0.4) ? 'https://' : 'www.'}${plain(pick(lists.orgStarts))}${plain(pick(lists.orgEnds))}.${pick(['com', 'org', 'net'])}${chance(0.4) ? `/${pick(lists.fileStems)}` : ''}`;
    case 'CODE':
      return code(random);
    case 'VERSION':
      return `${whole(1, 19)}.${whole(0, 20)}${chance(0.4) ? `.${whole(0, 9)}` : ''}`;
    case 'COLOR':
      return pick(lists.colors);
    case 'ANIMAL':
      return pick(lists.animals);
    case 'FOOD':
      return pick(lists.foods);
    case 'DRUG':
      return chance(0.5) ? pick(lists.drugs) : `${invented(random)}${pick(['in', 'ol', 'ex', 'an', 'il'])}`;
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
      return `${pick(lists.fileStems)}-${chance(0.5) ? plain(pick(lists.orgStarts)) : whole(2015, 2029)}.${pick(lists.fileEnds)}`;
  }
}

/** Names from a list are learned by heart; invented ones can only be copied. */
function surname(random: Random): string {
  const { chance, pick } = random;
  if (chance(0.3)) return pick(lists.surnames);
  if (chance(0.6)) return pick(lists.surnameStarts) + pick(lists.surnameEnds);
  return invented(random);
}

function firstName(random: Random): string {
  return random.chance(0.85) ? random.pick(lists.firstNames) : invented(random);
}

function invented({ pick, whole, chance }: Random): string {
  const syllables = Array.from({ length: whole(2, 3) }, () => pick(consonants) + pick(vowels)).join('');
  const word = syllables + (chance(0.5) ? pick(['n', 'r', 's', 'l', 'k', 'x']) : '');
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function date({ pick, whole, chance }: Random): string {
  const [month, day] = [pick(englishMonths), whole(1, 28)];
  if (chance(0.4)) return `${month} ${day}`;
  if (chance(0.5)) return `${month} ${day}, ${whole(2019, 2029)}`;
  return `${day} ${month} ${whole(2019, 2029)}`;
}

function time({ whole, chance }: Random): string {
  const minutes = String(whole(0, 11) * 5).padStart(2, '0');
  if (chance(0.6)) return `${whole(6, 22)}:${minutes}`;
  const hour = whole(1, 12);
  return `${hour}${chance(0.3) ? '' : `:${minutes}`} ${chance(0.5) ? 'am' : 'pm'}`;
}

function money({ whole, chance, pick }: Random, { least, most }: Range): string {
  const raw = whole(least, most);
  const amount = raw > 20_000 ? Math.round(raw / 500) * 500 : raw;
  const digits = amount >= 1000 ? grouped(amount) : String(amount);
  const cents = amount < 1000 && chance(0.3) ? `.${whole(10, 99)}` : '';
  return chance(0.75)
    ? `${pick(['$', '$', '€', '£'])}${digits}${cents}`
    : `${digits}${cents} ${pick(['euros', 'dollars'])}`;
}

function code({ whole, chance, pick }: Random): string {
  const letter = (): string => letters.charAt(whole(0, letters.length - 1));
  return pick([
    () => `${letter()}${letter()}-${whole(100, 9999)}`,
    () => `${letter()}${whole(10, 999)}`,
    () => `${letter()}${letter()}${letter()}${whole(1000, 99_999)}`,
    () => `${whole(1000, 9999)}-${letter()}${chance(0.5) ? letter() : ''}`,
    () => `${whole(10_000, 999_999)}`,
  ])();
}

function grouped(number: number): string {
  return String(number).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, '') || 'office';
}
