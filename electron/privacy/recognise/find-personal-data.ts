import type { PersonalFinding } from '../../../shared/model/privacy/personal-finding.ts';
import { allRecognisers } from './all-recognisers.ts';
import type { Candidate } from './candidate.ts';
import { normalise } from './normalise.ts';
import { findNumberRuns } from './number-runs.ts';
import { resolveOverlaps } from './resolve-overlaps.ts';
import { createValueFinder } from './value-finder.ts';

const leastScore = 0.5;
/** A name found by the words around it is one also where these are missing. */
const sureName = 0.6;

/**
 * Finds what tells of people, and secrets, in a text of any language; rules are written for English and Chinese. Takes
 * time linear in its length. `ownWords` are found however they are written.
 */
export function findPersonalData(text: string, ownWords: readonly string[] = []): PersonalFinding[] {
  const normal = normalise(text);
  const read = { text: normal.text, runs: findNumberRuns(normal.text) };
  const own = createValueFinder(ownWords)(normal.text).map(({ start, end }): Candidate => ({
    kind: 'own',
    rule: 'own-word',
    start,
    end,
    score: 1,
  }));
  const candidates = allRecognisers.flatMap((find) => find(read)).filter(({ score }) => score >= leastScore);
  const settled = resolveOverlaps([...own, ...candidates]);
  return resolveOverlaps([...settled, ...namesElsewhere(normal.text, settled)]).map(
    ({ kind, rule, start, end, score }) => ({
      kind,
      rule,
      score,
      ...normal.originalOf(start, end),
    }),
  );
}

function namesElsewhere(text: string, found: readonly Candidate[]): Candidate[] {
  const names = new Set<string>();
  for (const { kind, score, start, end } of found) {
    const name = text.slice(start, end);
    // One word may be a word; two characters may be part of another.
    if (kind === 'name' && score >= sureName && (/ /.test(name) || /^[\u4e00-\u9fff]{3,}$/.test(name))) names.add(name);
  }
  const list = [...names];
  return createValueFinder(list)(text).map(({ start, end }) => ({
    kind: 'name',
    rule: 'name-again',
    start,
    end,
    score: 0.55,
  }));
}
