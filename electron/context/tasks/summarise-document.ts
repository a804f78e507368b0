import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';

import { estimateTokens } from '../../../shared/model/estimate-tokens.ts';
import { isStuck } from './is-stuck.ts';
import type { Asking, TaskModel, TaskQuestion } from './ask-model.ts';
import { groundedPoints } from './check-lines.ts';
import { digestPieces, type DoneStretch } from './digest-pieces.ts';
import { failureNote } from './failure-note.ts';
import { placeMark } from './page-words.ts';
import { planGroups, planPieces } from './plan-pieces.ts';
import { plainSummary } from './plain-task.ts';
import { createShown, textId } from './show-text.ts';
import { joinInstruction, noteInstruction, summaryInstruction, type Instruction } from './task-prompts.ts';
import { isNamed, type TaskWork } from './task-work.ts';
import { budgets, roomTokens } from './task-budgets.ts';
import { writePiece } from './write-piece.ts';

const pointsPerPiece = 6;
/** Of the room for notes, where the model turns out to hold less than was estimated. */
const leastShare = 0.25;

/**
 * A document that fits is read whole. Of a longer one the model first notes what matters in each piece, with its page;
 * then notes are joined until they fit, and the summary is written from them.
 */
export async function* summariseDocument(work: TaskWork, model: TaskModel): Asking<void> {
  const whole = lastQuestion(work, writePiece(work.passages, styleOf(work)), false);
  if (planPieces(work.passages, budgets.whole(work)).length === 1 && model.fits(whole)) {
    const answered = yield* tell(work, model, whole);
    if (answered !== 'tooLong') return yield* answered === 'none' ? fallBack(work) : nothing();
  }
  const failed: DoneStretch[] = [];
  const notes = yield* takeNotes(work, model, failed);
  if (notes.length === 0) return yield* fallBack(work);
  let answered: Told = 'tooLong';
  let joined = notes;
  for (let share = 1; answered === 'tooLong' && share >= leastShare; share /= 2) {
    joined = yield* joinNotes(work, model, joined, budgets.notesRoom(work) * share);
    answered = yield* tell(work, model, lastQuestion(work, joined.join('\n'), true));
  }
  // The notes are checked already: without a model that puts them into sentences they are still an answer.
  if (answered !== 'told') yield* createShown(work.written).add(joined.join('\n'));
  if (failed.length > 0) yield delta(`\n\n${failureNote(failed, work)}`);
}

async function* takeNotes(work: TaskWork, model: TaskModel, failed: DoneStretch[]): Asking<string[]> {
  const { language } = work;
  const notes: string[] = [];
  const pieces = planPieces(work.passages, budgets.piece(work));
  const way = {
    step: 'reading' as const,
    instruction: noteInstruction(language, pointsPerPiece),
    mostTokens: () => budgets.notes(work),
    write: (passages: TaskWork['passages']) => writePiece(passages, styleOf(work)),
    accept(answer: string, passages: TaskWork['passages'], source: string) {
      if (isStuck(answer, source)) return undefined;
      const points = groundedPoints(answer, passages);
      if (points.length === 0) return undefined;
      return points.map(({ text, passage }) => `- ${text} ${placeMark(passage, language, isNamed(work))}`).join('\n');
    },
  };
  yield* digestPieces(pieces, model, way, (stretch) => {
    if (stretch.text === undefined) failed.push(stretch);
    else notes.push(stretch.text);
    return [];
  });
  return notes;
}

/** As few notes as the model can read at once. Joining that comes to nothing leaves them as they are, the longest cut. */
async function* joinNotes(work: TaskWork, model: TaskModel, all: readonly string[], room: number): Asking<string[]> {
  const sizeOf = (text: string): number => estimateTokens(text) * work.tokenScale;
  let notes = [...all];
  while (notes.length > 1 && notes.reduce((sum, text) => sum + sizeOf(text), 0) > room) {
    const groups = planGroups(notes.map(sizeOf), room);
    const joined: string[] = [];
    for (const [index, group] of groups.entries()) {
      const text = group.map((at) => notes[at] ?? '').join('\n');
      joined.push(yield* joinGroup(work, model, text, { part: index + 1, parts: groups.length + 1 }));
    }
    // Each time there are fewer of them.
    notes = joined;
  }
  return notes;
}

async function* joinGroup(
  work: TaskWork,
  model: TaskModel,
  text: string,
  place: { readonly part: number; readonly parts: number },
): Asking<string> {
  const lines = text.split('\n');
  // Half of the lines at least go, or the notes would never fit.
  const most = Math.max(1, Math.min(2 * pointsPerPiece, Math.floor(lines.length / 2)));
  const question: TaskQuestion = {
    instruction: joinInstruction(work.language, most),
    text,
    mostTokens: budgets.notes(work),
    documentIds: documentsOf(work),
    progress: { phase: 'digesting', step: 'joining', ...place },
    accept(answer) {
      const kept = answer
        .toWellFormed()
        .split('\n')
        .filter((line) => /^\s*[-*•]/u.test(line) && numbersStand(line, text))
        .slice(0, most);
      return kept.length === 0 ? undefined : kept.map((line) => line.trim()).join('\n');
    },
  };
  const kept = model.kept(question);
  if (kept !== undefined) return kept;
  const answer = model.fits(question) ? yield* model.ask(question) : undefined;
  if (answer?.kind === 'text') return answer.text;
  // Every second line says less, but nothing wrong.
  return lines
    .filter((_, index) => index % 2 === 0)
    .slice(0, most)
    .join('\n');
}

function lastQuestion(work: TaskWork, text: string, ofNotes: boolean): TaskQuestion & { instruction: Instruction } {
  return {
    instruction: summaryInstruction(work.language, { words: work.words, system: work.systemPrompt, ofNotes }),
    text,
    written: work.written,
    mostTokens: budgets.answer(work),
    documentIds: documentsOf(work),
    accept: (answer) => answer,
    live: true,
  };
}

type Told = 'told' | 'none' | 'tooLong';

/** The words go to the screen as they come; those of an answer that was given before, at once. */
async function* tell(work: TaskWork, model: TaskModel, question: TaskQuestion): Asking<Told> {
  const kept = work.fresh ? undefined : model.kept(question);
  if (kept?.startsWith(work.written) === true) {
    yield delta(kept.slice(work.written.length));
    return 'told';
  }
  const answer = yield* model.ask(question);
  return answer.kind === 'text' ? 'told' : answer.kind;
}

function* fallBack(work: TaskWork): Iterable<LanguageModelV4StreamPart> {
  const note =
    work.language === 'zh'
      ? '模型没有写出可用的摘要。以下是文档中最重要的句子：'
      : 'The model wrote no summary that could be used. These are the sentences of the document that say most:';
  yield* createShown(work.written).add(`${note}\n\n${plainSummary(work, roomTokens.plain)}`);
}

function* nothing(): Iterable<LanguageModelV4StreamPart> {}

function numbersStand(line: string, source: string): boolean {
  return (line.match(/\d[\d.,:]*\d/gu) ?? []).every((number) => source.includes(number));
}

function documentsOf({ passages }: TaskWork): string[] {
  return [...new Set(passages.map(({ documentId }) => documentId))];
}

function styleOf(work: TaskWork): { language: TaskWork['language']; named: boolean } {
  return { language: work.language, named: isNamed(work) };
}

function delta(text: string): LanguageModelV4StreamPart {
  return { type: 'text-delta', id: textId, delta: text };
}
