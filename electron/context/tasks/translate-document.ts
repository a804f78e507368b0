import type { Asking, TaskModel } from './ask-model.ts';
import { tryAcceptTranslation } from './check-translation.ts';
import { digestPieces, type PieceWay } from './digest-pieces.ts';
import { failureNote } from './failure-note.ts';
import { planPieces } from './plan-pieces.ts';
import { createShown } from './show-text.ts';
import { budgets } from './task-budgets.ts';
import { translateInstruction } from './task-prompts.ts';
import { isNamed, type TaskWork } from './task-work.ts';
import { writePiece } from './write-piece.ts';

/** Room for what a translation may be longer than its source. */
const longerShare = 1.5;
const leastReplyTokens = 64;

/** Piece by piece, in order; each is shown when it is done and checked. What could not be translated says so in its place. */
export async function* translateDocument(work: TaskWork, language: string, model: TaskModel): Asking<void> {
  const shown = createShown(work.written);
  const style = { language: work.language, named: isNamed(work), pages: false };
  const way: PieceWay = {
    step: 'translating',
    instruction: translateInstruction(language),
    mostTokens: ({ tokens }) => Math.ceil(tokens * longerShare * work.tokenScale) + leastReplyTokens,
    write: (passages, before) => writePiece(passages, { ...style, before }),
    accept: (answer, _passages, source, attempt) => tryAcceptTranslation(answer, source, language, attempt === 1),
  };
  const pieces = planPieces(work.passages, budgets.translated(work));
  let begun = false;
  yield* digestPieces(pieces, model, way, (stretch) => {
    const gap = begun ? '\n\n' : '';
    begun = true;
    const note = `${gap}${failureNote([stretch], work)}`;
    // One that failed before may have come now; what stands there stays as it is.
    return stretch.text === undefined ? shown.add(note) : shown.add(`${gap}${stretch.text}`, note);
  });
}
