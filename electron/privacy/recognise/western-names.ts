import type { Candidate, ReadText } from './candidate.ts';
import { givenNames } from './given-names.ts';

/** Words with a capital, one space apart, with the small words that stand inside names. */
const sequence =
  /(?<![\p{L}\p{N}@._/])\p{Lu}[\p{L}\p{M}'’]{0,24}\.?(?:-\p{Lu}[\p{L}\p{M}'’]{0,24})?(?: (?:(?:de la|de|van der|van den|van|von|der|di|da|del|dos|bin|al|el|le|la|y) )?\p{Lu}[\p{L}\p{M}'’]{0,24}\.?(?:-\p{Lu}[\p{L}\p{M}'’]{0,24})?){0,6}/gu;

const titles =
  /^(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Lady|Lord|Dame|Rev|Judge|Nurse|Captain|Sgt|Frau|Herr|Madame|Monsieur|Señor|Señora|Sra|Sr)\.?$/;
/** Words that begin a sentence or a letter, not a name. */
const openers = new Set(
  (
    'The A An This That These Those Dear Hello Hi Hey Please Contact Call Ask Tell Meet Thank Thanks On In At By For From To With Without And Or ' +
    'But If When While After Before Since Because Although Our My Your His Her Its Their We I You He She They It Is Are Was Were Has Have Had ' +
    'Will Can Could Should Would May Might Must Patient Tenant Landlord Employee Employer Client Customer Witness Applicant Borrower Lender ' +
    'Seller Buyer Claimant Defendant Plaintiff Agent Manager Director Secretary Chairman Signed Name Attn Attention Regards Sincerely Yours ' +
    'Best Kind Meanwhile Yesterday Today Tomorrow Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June ' +
    'July August September October November December Between Both Each Every No Yes Not Also Then There Here As So Both Let Send Email Phone ' +
    'Mail Invite Remind According Re Subject Note Passport Address Account Card Visa Reference Referred Met Saw Said Says Colleague Colleagues ' +
    'Doctor Teacher Neighbour Neighbor Uncle Aunt Father Mother Brother Sister Cousin Friend Last First Only Even Just Speak Talk'
  ).split(' '),
);
/** Words that stand in names of places and things. */
const things =
  /^(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Square|Bridge|River|Lake|Mount|Mountain|Island|Bay|Beach|Airport|Station|Park|Castle|Palace|Museum|Gallery|Theatre|Stadium|Tower|Building|House|Hall|Church|Cathedral|Prize|Award|Act|Agreement|Contract|Law|Rule|Code|Theorem|Equation|Method|Algorithm|Effect|Disease|Syndrome|Protocol|Report|Review|Journal|Times|Post|News|Project|Model|Edition|Version|System|Server|Service|Program|Programme|Day|Week|Month|Year|Festival|Cup|League|Republic|Kingdom|States|Union|North|South|East|West|City|County|Valley|Hills?|Canyon|Forest|Garden|Gardens|Cross|War|Peace|Battle|Treaty|Convention|Conference|Pie|Cake|Tea|Coffee|Sauce|Day|Eve|Number|No\.?|Section|Chapter|Page|Table|Figure|Appendix|Annex|Article|Clause|Part|Volume|Office|Department|Team|Committee|Board|Council|Ministry|Bank|University|College|School|Hospital|Clinic|Company|Group|Software|Studio|Windows|Cloud|Linux)$/;

const strongBefore =
  /(?:\bnames? ?(?:is|:|was|of)|\b(?:full |first |last |sur|patient |client |customer |employee |legal |account ?holder )?name ?[:=]|\b(?:i am|i'm|this is|called|named|known as|nickname)|\b(?:patient|tenant|landlord|employee|employer|client|customer|witness|applicant|borrower|lender|seller|buyer|claimant|defendant|plaintiff|contact(?: person)?|attn|attention|signed(?: by)?|signature|author|prepared by|approved by|reviewed by|insured|beneficiary|recipient|sender|to|from|cc|guardian|next of kin|emergency contact|physician|lawyer|attorney|account holder|cardholder|holder|passenger|guest|student|teacher|doctor) ?[:：])\s{0,3}$/i;
const weakBefore =
  /(?:\b(?:(?:signed|written|drafted|sent|submitted|owned|led|witnessed|represented|treated|referred|examined|approved) by|patient|tenant|landlord|employee|client|customer|witness|applicant|colleague|neighbou?r|friend|uncle|aunt|father|mother|brother|sister|cousin|son|daughter|wife|husband|manager|director|lawyer|attorney|accountant|teacher|doctor|nurse|officer|agent|assistant|boss|supervisor|dear|hello|hi|hey|regards,|sincerely,|wishes,|cheers,|thanks,|contact|call|ask|email|phone|met|saw|told|invited|interviewed|married|hired|dismissed|appointed)),?\s{1,3}$/i;
const joinBefore = /\b(?:by|between|and|with|from|for),?\s{1,3}$/i;
const behind =
  /^(?:,? (?:\(?born|aged?|who|whose|lives?|lived|resid|works?|worked|called|said|says|told|signed|wrote|writes|agreed|has (?:agreed|paid|asked|been|signed)|was (?:born|admitted|hired|seen|discharged|born)|joined|asked|paid|owes|sent|moved|attended|complained|confirmed|reported|applied|requested|visited|arrived|left|can be reached|is (?:\d|our|my|the|a|reachable|available|allergic|responsible|married|employed|entitled|represented))|'s (?:phone|e-?mail|address|birthday|passport|account|salary|card|number|office|contract|file|record|wife|husband|son|daughter|mother|father|house|home|lawyer|doctor|password|laptop|date)|’s | \(|, (?:\d{2}|the|our|a|an|residing|holder|passport|date)| (?:<|at \w+@))/i;
const organisations =
  /^(?:Inc|Ltd|LLC|LLP|PLC|Plc|GmbH|AG|KG|SE|SA|S\.A|BV|B\.V|NV|SARL|SAS|Oy|AB|AS|A\/S|Corp|Corporation|Company|Co|Limited|Holdings?|Group|Partners|Associates|Bank|Insurance|University|College|Institute|Hospital|Clinic|Foundation|Trust|Laboratories|Labs|Industries|Pharmaceuticals|Technologies|Solutions|Consulting|Logistics|Airlines|Motors|Energy|Systems|Brothers|Bros|Ministry|Agency|Society)\.?$/;
/** Kinds of things, not names of houses. */
const generic = /^(?:National|Health|Life|Car|Social|Travel|Central|General|Investment|Private|Public|Limited|Local) $/;
const plainNoun = /^(?:The|Our|Your|This|That|A|An|Each|Any|Every|My|His|Her|Their|At|In|By|For|From|To|With|Of|And)$/;

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** People and organisations in languages with capitals, by the words in and around a row of capitalised words. */
export function findWesternNames({ text }: ReadText): Candidate[] {
  const found: Candidate[] = [];
  for (const match of text.matchAll(sequence)) {
    for (const words of sentencesOf(wordsOf(match[0], match.index))) {
      const organisation = findOrganisation(text, words);
      if (organisation !== undefined) found.push(organisation);
      else found.push(...findPeople(text, words));
    }
  }
  return found;
}

function wordsOf(sequenceText: string, at: number): Word[] {
  return [...sequenceText.matchAll(/\S+/g)].map((match) => ({
    text: match[0],
    start: at + match.index,
    end: at + match.index + match[0].length,
  }));
}

/** A full stop ends a sentence, unless it stands behind an initial, a title or a form of company. */
function sentencesOf(words: readonly Word[]): Word[][] {
  const sentences: Word[][] = [[]];
  for (const word of words) {
    sentences.at(-1)?.push(word);
    const letters = word.text.replaceAll(/[^\p{L}]/gu, '').length;
    if (word.text.endsWith('.') && letters > 1 && !titles.test(word.text)) sentences.push([]);
  }
  return sentences;
}

function findOrganisation(text: string, words: readonly Word[]): Candidate | undefined {
  const last = words.findLastIndex(({ text: word }) => organisations.test(word));
  const ofPlace = /^ of (?:the )?\p{Lu}[\p{L}]{2,20}(?: (?:of )?\p{Lu}[\p{L}]{2,20}){0,2}/u;
  const lead = words[last];
  if (lead === undefined) return undefined;
  let first = 0;
  while (first < last && (plainNoun.test(words[first]?.text ?? '') || openers.has(words[first]?.text ?? ''))) {
    first += 1;
  }
  const tail = /^(?:University|Bank|Ministry|Institute|College|Hospital)$/.test(lead.text)
    ? (ofPlace.exec(text.slice(lead.end, lead.end + 60))?.[0].length ?? 0)
    : 0;
  if (first === last && tail === 0) return undefined;
  if (generic.test(text.slice(words[first]?.start ?? 0, lead.start))) return undefined;
  const end = lead.end - (lead.text.endsWith('.') && !/^(?:Inc|Ltd|Co|Corp|Bros)\.$/.test(lead.text) ? 1 : 0) + tail;
  return { kind: 'organisation', rule: 'organisation-form', start: words[first]?.start ?? lead.start, end, score: 0.8 };
}

function findPeople(text: string, all: readonly Word[]): Candidate[] {
  let words = [...all];
  let titled = false;
  let opener = '';
  while (words.length > 0) {
    const word = words[0]?.text ?? '';
    const bare = word.replace(/[.']$/, '');
    if (titles.test(word)) titled = true;
    else if (openers.has(bare) && !(words.length > 1 && givenNames.has(bare) && bare !== 'May')) opener = bare;
    else break;
    words = words.slice(1);
  }
  words = words.slice(0, 4);
  const [first, ...others] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined) return [];
  const initialAtEnd = /^\p{Lu}\.$/u.test(last.text);
  const end = last.end - (last.text.endsWith('.') && !initialAtEnd ? 1 : 0) - (/['’]s\.?$/.test(last.text) ? 2 : 0);
  const value = text.slice(first.start, end);
  if (value.length < 2 || words.some(({ text: word }) => things.test(word.replace(/['’]s$/, '')))) return [];
  const before = text.slice(Math.max(0, first.start - 40), first.start);
  const near = text.slice(end, end + 24);
  const make = (rule: string, score: number): Candidate[] => [{ kind: 'name', rule, start: first.start, end, score }];
  if (titled) return make('name-title', 0.9);
  const shouted = value === value.toUpperCase();
  if (strongBefore.test(before)) {
    return shouted && others.length === 0 && value.length < 5 ? [] : make('name-label', 0.88);
  }
  if (shouted) return [];
  const known = givenNames.has(first.text.replace(/['’]s?$/, '').replace(/-.*$/, ''));
  if (known && others.length > 0) return make('name-given', 0.75);
  const initials = others.length > 0 && /^\p{Lu}\.?$/u.test(first.text) && known;
  if (initials) return make('name-given', 0.7);
  const weak = weakBefore.test(before) || /^(?:Dear|Hello|Hi|Hey|Regards|Sincerely)$/.test(opener);
  if (
    others.length > 0 &&
    others.length < 4 &&
    (weak || joinBefore.test(before) || opener !== '') &&
    behind.test(near)
  ) {
    return make('name-around', 0.65);
  }
  if (
    others.length > 0 &&
    behind.test(near) &&
    /^(?:'s|’s|,? (?:who|born|lives|said|signed|called|wrote))/.test(near)
  ) {
    return make('name-behind', 0.62);
  }
  if (others.length > 0 && weak) return make('name-before', 0.6);
  if (known && (weak || behind.test(near))) return make('name-given-alone', 0.6);
  return [];
}
