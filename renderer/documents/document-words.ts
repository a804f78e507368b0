import type { DocumentInfo, DocumentProblemInfo } from '../../shared/contract/index.ts';

const order = ['failed', 'partial', 'note'] as const;

/** What a person has to know first of what is wrong with a file. */
export function worstProblem({ problems }: DocumentInfo): DocumentProblemInfo | undefined {
  return problems.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))[0];
}
