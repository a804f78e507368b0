import { repeatedShare } from '../check-summary.ts';
import { termsOf } from '../terms.ts';

const mostRepeatedShare = 0.4;
/** Forms and tables say the same again and again, and so does what is made of them. */
const moreThanSource = 0.2;
const fewestTerms = 6;

/** Whether a model went round in circles, more than what it was given to read does. */
export function isStuck(answer: string, source: string): boolean {
  const terms = termsOf(answer);
  if (terms.length < fewestTerms) return false;
  const share = repeatedShare(terms);
  return share > mostRepeatedShare && share > repeatedShare(termsOf(source)) + moreThanSource;
}
