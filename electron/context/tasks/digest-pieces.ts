import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';

import type { PassageInfo } from '../../../shared/contract/index.ts';
import type { Asking, DigestProgress, TaskModel } from './ask-model.ts';
import { halve, type Piece } from './plan-pieces.ts';
import type { Instruction } from './task-prompts.ts';

export interface PieceWay {
  readonly step: DigestProgress['step'];
  readonly instruction: Instruction;
  readonly mostTokens: (piece: Piece) => number;
  /** `before` is what stands right in front of the piece. */
  readonly write: (passages: readonly PassageInfo[], before: PassageInfo | undefined) => string;
  readonly accept: (
    answer: string,
    passages: readonly PassageInfo[],
    source: string,
    attempt: number,
  ) => string | undefined;
}

export interface DoneStretch {
  readonly passages: readonly PassageInfo[];
  /** What came of it; undefined when nothing good did. */
  readonly text: string | undefined;
}

/** Halves of halves: a sixteenth of what was planned that still does not fit is given up. */
const mostHalvings = 4;

/**
 * What a model makes of the pieces, one after the other, each kept as soon as it is there. Between two of them whoever
 * else waits for the model has their turn. A piece that turns out too long is gone through in halves; `done` is told of
 * every stretch in its order and may show something of it.
 */
export async function* digestPieces(
  pieces: readonly Piece[],
  model: TaskModel,
  way: PieceWay,
  done: (stretch: DoneStretch) => Iterable<LanguageModelV4StreamPart>,
): Asking<void> {
  let before: PassageInfo | undefined;
  for (const [index, piece] of pieces.entries()) {
    const step = { phase: 'digesting', step: way.step, part: index + 1, parts: pieces.length } as const;
    for await (const stretch of digest(piece, before, 0, { model, way, step })) {
      if ('type' in stretch) yield stretch;
      else yield* done(stretch);
    }
    before = piece.passages.at(-1);
  }
}

interface Digesting {
  readonly model: TaskModel;
  readonly way: PieceWay;
  readonly step: DigestProgress;
}

async function* digest(
  piece: Piece,
  before: PassageInfo | undefined,
  halvings: number,
  digesting: Digesting,
): AsyncGenerator<LanguageModelV4StreamPart | DoneStretch, void> {
  const { model, way, step } = digesting;
  const { passages } = piece;
  const text = way.write(passages, before);
  const question = {
    instruction: way.instruction,
    text,
    mostTokens: way.mostTokens(piece),
    progress: step,
    documentIds: [...new Set(passages.map(({ documentId }) => documentId))],
    accept: (answer: string, attempt: number) => way.accept(answer, passages, text, attempt),
  };
  const kept = model.kept(question);
  if (kept !== undefined) {
    yield { passages, text: kept };
    return;
  }
  if (model.fits(question)) {
    const answer = yield* model.ask(question);
    if (answer.kind !== 'tooLong') {
      yield { passages, text: answer.kind === 'text' ? answer.text : undefined };
      return;
    }
  }
  const halves = halvings < mostHalvings ? halve(piece) : undefined;
  if (halves === undefined) {
    yield { passages, text: undefined };
    return;
  }
  yield* digest(halves[0], before, halvings + 1, digesting);
  yield* digest(halves[1], halves[0].passages.at(-1), halvings + 1, digesting);
}
