import { groundedPoints, questionsOf, saysTheSame } from './check-lines.ts';
import type { Asking, TaskModel } from './ask-model.ts';
import { digestPieces, type DoneStretch, type PieceWay } from './digest-pieces.ts';
import { failureNote } from './failure-note.ts';
import { hasTitles, outlineOf } from './outline-of.ts';
import { pageMark, placeMark } from './page-words.ts';
import { planPieces, type Piece } from './plan-pieces.ts';
import { createShown, type Shown } from './show-text.ts';
import { budgets } from './task-budgets.ts';
import { factInstruction, headingInstruction, questionInstruction } from './task-prompts.ts';
import { isNamed, type TaskWork } from './task-work.ts';
import { writePiece } from './write-piece.ts';

const mostFacts = 40;
const mostQuestions = 10;
const headingsPerPiece = 4;

/** Facts, each checked against the pages it was made of, shown as the pieces are done. */
export async function* listFacts(work: TaskWork, model: TaskModel): Asking<void> {
  const pieces = planPieces(work.passages, budgets.piece(work));
  const most = share(mostFacts, pieces, 3, 12);
  yield* listPieces(work, model, pieces, {
    instruction: factInstruction(work.language, most),
    accept: (answer, passages) =>
      groundedPoints(answer, passages)
        .slice(0, most)
        .map(({ text, passage }) => `${text} ${placeMark(passage, work.language, isNamed(work))}`),
  });
}

export async function* listQuestions(work: TaskWork, model: TaskModel): Asking<void> {
  const pieces = planPieces(work.passages, budgets.piece(work));
  const most = share(mostQuestions, pieces, 1, 10);
  yield* listPieces(work, model, pieces, {
    instruction: questionInstruction(work.language, most),
    accept: (answer, passages) => questionsOf(answer, passages).slice(0, most),
  });
}

/** The table of contents: the documents' own titles; only where a document has none is the model asked for some. */
export async function* listContents(work: TaskWork, model: TaskModel): Asking<void> {
  const documents = [...Map.groupBy(work.passages, ({ documentId }) => documentId).values()];
  if (documents.every((own) => hasTitles(own, work))) {
    yield* createShown(work.written).add(outlineOf(work.passages, work));
    return;
  }
  const pieces = documents.flatMap((own) =>
    // A document with titles is one piece, which nobody needs to read.
    hasTitles(own, work) ? [{ passages: own, tokens: 0 }] : planPieces(own, budgets.piece(work)),
  );
  const shown = createShown(work.written);
  const lines = createLines(work, shown);
  for (const own of Map.groupBy(pieces, ({ passages }) => passages[0]?.documentId ?? '').values()) {
    const passages = own.flatMap((piece) => piece.passages);
    if (isNamed(work)) yield* lines.raw(`**${passages[0]?.documentName ?? ''}**\n`);
    if (hasTitles(passages, work)) yield* lines.raw(outlineOf(passages, work));
    else yield* titlesOf(work, model, own, lines);
  }
  yield* lines.end();
}

async function* titlesOf(work: TaskWork, model: TaskModel, pieces: readonly Piece[], lines: Lines): Asking<void> {
  const way = wayOf(work, {
    instruction: headingInstruction(work.language, headingsPerPiece),
    accept: (answer, passages) =>
      groundedPoints(answer, passages)
        .slice(0, headingsPerPiece)
        .map(({ text, passage }) => `${text.replace(/[.。:：]$/u, '')} · ${pageMark(passage, work.language)}`),
  });
  yield* digestPieces(pieces, model, way, lines.take);
}

interface ListWay {
  readonly instruction: PieceWay['instruction'];
  /** The lines of an answer that are good. */
  readonly accept: (answer: string, passages: Piece['passages']) => string[];
}

async function* listPieces(work: TaskWork, model: TaskModel, pieces: readonly Piece[], way: ListWay): Asking<void> {
  const lines = createLines(work, createShown(work.written));
  yield* digestPieces(pieces, model, wayOf(work, way), lines.take);
  yield* lines.end();
}

function wayOf(work: TaskWork, { instruction, accept }: ListWay): PieceWay {
  const style = { language: work.language, named: isNamed(work) };
  return {
    step: 'reading',
    instruction,
    mostTokens: () => budgets.notes(work),
    write: (passages) => writePiece(passages, style),
    accept: (answer, passages) => accept(answer, passages).join('\n') || undefined,
  };
}

/** Where it stands is no part of what a line says. */
const placeBehind = / (?:\([^()]*\)|（[^（）]*）|· [^·]*)$/u;

interface Lines {
  readonly take: (stretch: DoneStretch) => ReturnType<Shown['add']>;
  readonly raw: (text: string) => ReturnType<Shown['add']>;
  /** What is said behind the list. */
  readonly end: () => ReturnType<Shown['add']>;
}

/** Each line once, as an entry of a list, and behind the list what is missing in it. */
function createLines(work: TaskWork, shown: Shown): Lines {
  const known: string[] = [];
  const failed: DoneStretch[] = [];
  let begun = false;
  function* raw(text: string): ReturnType<Shown['add']> {
    yield* shown.add(`${begun ? '\n' : ''}${text}`);
    begun = true;
  }
  return {
    raw,
    *take(stretch) {
      if (stretch.text === undefined) failed.push(stretch);
      for (const line of stretch.text?.split('\n') ?? []) {
        const words = line.replace(placeBehind, '');
        if (known.some((other) => saysTheSame(other, words))) continue;
        known.push(words);
        yield* raw(`- ${line}`);
      }
    },
    *end() {
      if (failed.length > 0) yield* shown.add(`${begun ? '\n\n' : ''}${failureNote(failed, work)}`);
    },
  };
}

function share(all: number, pieces: readonly Piece[], least: number, most: number): number {
  return Math.min(most, Math.max(least, Math.ceil(all / Math.max(1, pieces.length))));
}
