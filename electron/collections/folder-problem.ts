import { z } from 'zod';

import type { FolderProblem } from '../../shared/contract/index.ts';
import { describeProblem } from '../../shared/model/documents/describe-problem.ts';
import type { DocumentProblem } from '../../shared/model/documents/document-problem.ts';
import { tryJson } from '../lib/try-json.ts';

const storedSchema = z.object({ en: z.string(), zh: z.string() });

/** Why a file of a followed folder gave nothing, as it is stored. */
export function writeProblem(text: { readonly en: string; readonly zh: string }): string {
  return JSON.stringify({ en: text.en, zh: text.zh });
}

export function describe(problem: DocumentProblem): { readonly en: string; readonly zh: string } {
  return { en: describeProblem(problem, 'en'), zh: describeProblem(problem, 'zh') };
}

export function toFolderProblem({ path, problem }: { path: string; problem: string | null }): FolderProblem {
  const text = storedSchema.safeParse(tryJson(problem ?? '')).data;
  return { path, text: text ?? describe({ code: 'CRASHED', data: { page: null } }) };
}
