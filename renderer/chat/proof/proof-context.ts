import { createContext, useContext } from 'react';

import type { AnswerSource, AnswerSources } from '../../../shared/contract/index.ts';

/** What the answer around rests on; undefined where there is nothing to show of it. */
export const ProofContext = createContext<AnswerSources | undefined>(undefined);

export function useSource(number: number | undefined): AnswerSource | undefined {
  return useContext(ProofContext)?.list.find((source) => source.number === number);
}
