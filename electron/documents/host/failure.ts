import type { DocumentProblem } from '../../../shared/model/documents/document-problem.ts';
import type { Damage } from '../../../shared/model/documents/problem-phrases.ts';

/** Thrown by a reader when there is nothing more to be had from a file. */
export class DocumentFailure extends Error {
  readonly problem: DocumentProblem;

  constructor(problem: DocumentProblem, options?: { cause?: unknown }) {
    super(problem.code, options);
    this.name = 'DocumentFailure';
    this.problem = problem;
  }
}

export function corrupt(detail: Damage, cause?: unknown): DocumentFailure {
  return new DocumentFailure({ code: 'CORRUPT', data: { detail } }, { cause });
}
