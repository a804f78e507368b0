import { writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Documents } from '../../electron/documents/documents.ts';
import type { ScriptedCall, ScriptedLanguageModel } from '../fakes/scripted-language-model.ts';

const towns = ['Velden', 'Marsk', 'Oster', 'Tilne', 'Brack', 'Hollin', 'Sund', 'Kolby'];

/** A text of so many pages that all differ, in the form that the fake extractor reads. */
export function longReport(pages: number, titles = true): string {
  return Array.from({ length: pages }, (_, index) => {
    const page = index + 1;
    const title = titles && index % 5 === 0 ? [`# Chapter ${index / 5 + 1} about ${towns[(index / 5) % 8]}`] : [];
    const town = towns[index % towns.length];
    return [
      ...title,
      `In the year ${1000 + page} the harbour of ${town} counted ${2000 + page} ships and ${3000 + page} sailors.`,
      `Its keeper repaired the northern wall, painted the lighthouse, and paid ${4000 + page} crowns for timber and rope.`,
    ].join('\n\n');
  }).join('\f');
}

export async function addDocument(documents: Documents, folder: string, name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  for await (const event of documents.add({ path: file, name }, AbortSignal.timeout(60_000))) {
    if (event.type === 'done') return event.document.id;
  }
  throw new Error('The document was not read.');
}

/** The text of what a model was asked. */
export function askedOf(call: ScriptedCall): string {
  return call.lines.find((line) => line.startsWith('user: ')) ?? '';
}

export function isNoting(call: ScriptedCall): boolean {
  return askedOf(call).includes('This is one part of a document.');
}

/** What a good model would note of a piece: its first sentences with a number, as a list. */
export function goodNotes(call: ScriptedCall): string {
  const sentences = askedOf(call).match(/In the year \d+ the harbour[^.]*\./g) ?? [];
  return sentences
    .slice(0, 3)
    .map((sentence) => `- ${sentence} (p. 999)`)
    .join('\n');
}

/** Answers whatever the model is asked, one call after the other, until the test ends. `undefined` leaves a call open. */
export function answerAll(
  model: ScriptedLanguageModel,
  answer: (call: ScriptedCall, index: number) => string | undefined,
): void {
  const next = async (): Promise<void> => {
    for (let index = 0; ; index += 1) {
      const call = await model.nextCall();
      const text = answer(call, index);
      if (text === undefined) continue;
      call.report({ phase: 'reading', readTokens: 1, cachedTokens: 0, totalTokens: 2 });
      if (text !== '') call.say(text);
      call.finish();
    }
  };
  void next();
}
