import { expect, test } from 'vitest';

import { findPersonalData } from '../../electron/privacy/recognise/find-personal-data.ts';
import { makeTexts } from '../privacy/made-texts.ts';
import { noSignal, paragraph, startAnalysis } from './analysis-under-test.ts';

const letter = [
  [
    { kind: 'heading', level: 1, text: 'Tenancy of Maria Gonzalez' } as const,
    paragraph('Patient: Maria Gonzalez, born on 12 March 1980, lives at 12 Baker Street, London NW1 6XE.'),
    paragraph('Her card 4111 1111 1111 1111 was charged. Write to maria.g@example.com.'),
  ],
  [
    paragraph('Gonzalez paid again with 4111-1111-1111-1111. The brown door is new.'),
    paragraph('Project Heron begins in May.'),
  ],
];

const request = { documentId: 'letter', ownWords: [], keep: [], format: 'markdown', language: 'en' } as const;

test('every value is listed once, with its pages and the words around it', async () => {
  const { analysis } = startAnalysis({ letter });
  const { values, more } = await analysis.findPersonalData({ documentId: 'letter', ownWords: ['heron'] }, noSignal);
  expect(more).toBe(0);
  expect(values.map(({ kind, text, occurrences }) => [kind, text, occurrences])).toEqual([
    ['name', 'Maria Gonzalez', 2],
    ['birthDate', '12 March 1980', 1],
    ['address', '12 Baker Street, London NW1 6XE', 1],
    ['card', '4111 1111 1111 1111', 2],
    ['email', 'maria.g@example.com', 1],
    ['own', 'Heron', 1],
  ]);
  const card = values.find(({ kind }) => kind === 'card');
  expect(card?.places.map(({ page, text }) => [page, text])).toEqual([
    [1, '4111 1111 1111 1111'],
    [2, '4111-1111-1111-1111'],
  ]);
  expect(card?.places[0]).toMatchObject({
    before: expect.stringMatching(/Her card $/),
    after: expect.stringMatching(/^ was/),
  });
});

test('a copy has the same placeholder in every place of a value, and none of the values', async () => {
  const { analysis, fetched } = startAnalysis({ letter });
  const { ticket, name, replaced } = await analysis.redact(request, noSignal);
  expect(name).toBe('letter (redacted).md');
  expect(replaced).toBe(5);
  const copy = String(await fetched(ticket));
  expect(copy).toBe(
    '# Tenancy of [NAME 1]\n\n' +
      'Patient: [NAME 1], born on [BIRTH DATE 1], lives at [ADDRESS 1].\n' +
      'Her card [CARD 1] was charged. Write to [EMAIL 1].\n\n' +
      '[NAME 1] paid again with [CARD 1]. The brown door is new.\nProject Heron begins in May.\n',
  );
});

test('signs at the edges of a value go with it', async () => {
  const page = [paragraph('Phone (415) 555-0132. The password: Tr0ub4dor!# is old.')];
  const { analysis, fetched } = startAnalysis({ letter: [page] });
  const { ticket } = await analysis.redact(request, noSignal);
  expect(String(await fetched(ticket))).toBe('Phone [PHONE 1]. The password: [SECRET 1] is old.\n');
});

test('what is unticked stays, everything else goes', async () => {
  const { analysis, fetched } = startAnalysis({ letter });
  const { values } = await analysis.findPersonalData({ documentId: 'letter', ownWords: [] }, noSignal);
  const keep = values.filter(({ kind }) => kind === 'email').map(({ id }) => id);
  const { ticket } = await analysis.redact({ ...request, keep, language: 'zh', format: 'text' }, noSignal);
  const copy = String(await fetched(ticket));
  expect(copy).toContain('maria.g@example.com');
  expect(copy).toContain('Tenancy of [姓名 1]\n');
  expect(copy).not.toMatch(/Gonzalez|4111|Baker|1980/);
});

test('no copy of made letters holds anything that was found', async () => {
  const texts = makeTexts(31, 160).map(({ text }) => text);
  const pages = Array.from({ length: 8 }, (_, page) => texts.slice(page * 20, page * 20 + 20).map(paragraph));
  const { analysis, fetched } = startAnalysis({ letters: pages });
  const found = texts.flatMap((text) => findPersonalData(text).map(({ start, end }) => text.slice(start, end)));
  const { ticket } = await analysis.redact({ ...request, documentId: 'letters' }, noSignal);
  const copy = String(await fetched(ticket));
  expect(found.length).toBeGreaterThan(200);
  expect(found.filter((value) => value.length > 5 && copy.includes(value))).toEqual([]);
});

test('a copy can be fetched for ten minutes', async () => {
  const { analysis, outgoing, clock } = startAnalysis({ letter });
  const { ticket } = await analysis.redact(request, noSignal);
  clock.nowMs += 9 * 60_000;
  expect(outgoing.find(ticket)).toMatchObject({ name: 'letter (redacted).md', type: 'text/markdown' });
  clock.nowMs += 2 * 60_000;
  expect(outgoing.find(ticket)).toBeUndefined();
});

test('looking through a document can be stopped', async () => {
  const { analysis } = startAnalysis({ letter });
  await expect(
    analysis.findPersonalData({ documentId: 'letter', ownWords: [] }, AbortSignal.abort()),
  ).rejects.toMatchObject({ code: 'CANCELLED' });
});
