import { readFileSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

export type Language = 'en' | 'zh';

const words = z.array(z.string().min(1)).min(10);

const englishSchema = z.strictObject({
  firstNames: words,
  surnameStarts: words,
  surnameEnds: words,
  surnames: words,
  orgStarts: words,
  orgEnds: words,
  productEnds: words,
  cities: words,
  cityStarts: words,
  cityEnds: words,
  countries: words,
  roles: words,
  departments: words,
  colors: words,
  animals: words,
  foods: words,
  drugs: words,
  diseases: words,
  courses: words,
  books: words,
  sports: words,
  vehicles: words,
  materials: words,
  fileStems: words,
  fileEnds: z.array(z.string()),
  domains: z.array(z.string()),
});

const chineseSchema = z.strictObject({
  surnames: words,
  given: words,
  orgStarts: words,
  orgEnds: words,
  productStarts: words,
  productEnds: words,
  cities: words,
  countries: words,
  roles: words,
  departments: words,
  colors: words,
  animals: words,
  foods: words,
  drugs: words,
  diseases: words,
  courses: words,
  books: words,
  sports: words,
  vehicles: words,
  materials: words,
  fileStems: words,
  fileEnds: z.array(z.string()),
});

export type EnglishLists = z.infer<typeof englishSchema>;
export type ChineseLists = z.infer<typeof chineseSchema>;

const folder = path.join(import.meta.dirname, '../corpus');

function read(name: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
}

export const englishLists: EnglishLists = englishSchema.parse(read('slots-en.json'));
export const chineseLists: ChineseLists = chineseSchema.parse(read('slots-zh.json'));
