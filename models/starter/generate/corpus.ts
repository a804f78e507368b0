import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import type { Language } from './slot-lists.ts';
import { slotTypes } from './slot-types.ts';

const texts = z.array(z.string().min(1)).min(1);
const toolArguments = z.record(z.string(), z.string());

/** The kinds of ../corpus/FORMAT.md. */
const entrySchema = z.discriminatedUnion('k', [
  z.strictObject({ k: z.literal('fact'), d: z.string(), s: texts, q: texts, a: texts }),
  z.strictObject({ k: z.literal('chat'), q: texts, a: texts }),
  z.strictObject({ k: z.literal('sum'), text: z.string(), summary: texts, title: texts, bullets: texts }),
  z.strictObject({ k: z.literal('dlg'), turns: z.array(z.tuple([z.enum(['u', 'a']), z.string()])).min(2) }),
  z.strictObject({
    k: z.literal('tool'),
    q: texts,
    tool: z.string(),
    args: toolArguments,
    compute: z.record(z.string(), z.string()).optional(),
    result: z.string(),
    a: texts,
  }),
  z.strictObject({ k: z.literal('rewrite'), instr: texts, in: z.string(), out: texts }),
  z.strictObject({ k: z.literal('extract'), text: z.string(), instr: texts, out: z.string() }),
  z.strictObject({ k: z.literal('subject'), class: z.string(), heads: texts, names: texts }),
  z.strictObject({
    k: z.literal('attribute'),
    names: texts,
    type: z.enum(slotTypes),
    of: texts,
    says: texts,
    asks: texts,
  }),
]);

type Entry = z.infer<typeof entrySchema>;
export type EntryOf<Kind extends Entry['k']> = Extract<Entry, { k: Kind }>;

export interface Corpus {
  /** Every object of a kind in a language. */
  of<Kind extends Entry['k']>(kind: Kind, language: Language): readonly EntryOf<Kind>[];
}

const corpusFolder = path.join(import.meta.dirname, '../corpus');

/** @throws with file and line for an object that is not of the format */
export function readCorpus(folder = corpusFolder): Corpus {
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  const entries = files.toSorted().flatMap((name) =>
    readFileSync(path.join(folder, name), 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        line === '' ? [] : [{ language: languageOf(name), entry: parseEntry(line, name, index + 1) }],
      ),
  );
  const kept = Map.groupBy(entries, ({ language, entry }) => `${language} ${entry.k}`);
  return {
    of(kind, language) {
      return (kept.get(`${language} ${kind}`) ?? []).flatMap(({ entry }) => (isOf(entry, kind) ? [entry] : []));
    },
  };
}

function isOf<Kind extends Entry['k']>(entry: Entry, kind: Kind): entry is EntryOf<Kind> {
  return entry.k === kind;
}

function languageOf(file: string): Language {
  return /(?:^|-)zh[-.]/.test(file) ? 'zh' : 'en';
}

function parseEntry(line: string, file: string, number: number): Entry {
  try {
    return entrySchema.parse(JSON.parse(line));
  } catch (error) {
    throw new Error(`${file}:${number} is no object of the corpus format.`, { cause: error });
  }
}
