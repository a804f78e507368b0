/** The typed placeholders of ../corpus/FORMAT.md. */
export const slotTypes = [
  'PERSON',
  'FIRSTNAME',
  'ORG',
  'PRODUCT',
  'CITY',
  'COUNTRY',
  'ROLE',
  'DEPARTMENT',
  'DATE',
  'MONTH',
  'YEAR',
  'WEEKDAY',
  'TIME',
  'DURATION',
  'MONEY',
  'PERCENT',
  'NUM',
  'SMALLNUM',
  'TEMP',
  'DISTANCE',
  'WEIGHT',
  'EMAIL',
  'PHONE',
  'URL',
  'CODE',
  'VERSION',
  'COLOR',
  'ANIMAL',
  'FOOD',
  'DRUG',
  'DISEASE',
  'COURSE',
  'BOOK',
  'SPORT',
  'VEHICLE',
  'MATERIAL',
  'FILE',
] as const;

export type SlotType = (typeof slotTypes)[number];

const known: ReadonlySet<string> = new Set(slotTypes);
const slotPattern = /\{([A-Z]+)(\d*)\}/g;

/** The slots of a text, such as `PERSON2`, each once, in order. */
export function slotsOf(text: string): string[] {
  return [...new Set([...text.matchAll(slotPattern)].map(([, type = '', number = '']) => type + number))];
}

/** @throws for a slot of no known type */
export function typeOfSlot(slot: string): SlotType {
  const type = slot.replace(/\d+$/, '');
  if (!isSlotType(type)) throw new TypeError(`There is no slot type ${type}.`);
  return type;
}

function isSlotType(type: string): type is SlotType {
  return known.has(type);
}

/** @throws for a slot without a value */
export function fillSlots(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(slotPattern, (_, type: string, number: string) => {
    const value = values.get(type + number);
    if (value === undefined) throw new TypeError(`{${type}${number}} has no value in: ${text}`);
    return value;
  });
}
