import { GrammarError } from './grammar-error.ts';
import { parseGbnf, type GbnfItem, type GbnfRules } from './parse-gbnf.ts';

/**
 * Most ways in which a text may go on at one place. llama.cpp looks at each of them for every token of the vocabulary
 * and, without a limit, doubles them until the memory is full.
 */
const waysLimit = 500;

/**
 * Refuses grammars that would end llama.cpp's process or keep it busy for ever: too long or too deep, without a rule
 * `root`, with rules that begin with themselves, or with too many ways to go on. llama.cpp has the last word on the rest.
 * @throws GrammarError
 */
export function checkGbnf(text: string): void {
  const rules = parseGbnf(text);
  if (!rules.has('root')) throw new GrammarError('The grammar has no rule with the name root.');
  const known = new Map<string, Begin>();
  const look: Look = (name) => beginOfRule(rules, name, known, new Set());
  for (const [name, alternatives] of rules) {
    look(name);
    checkMiddles(alternatives, look);
  }
}

interface Begin {
  /** Places at which a text may begin. */
  readonly ways: number;
  readonly maybeEmpty: boolean;
}

function beginOfRule(rules: GbnfRules, name: string, known: Map<string, Begin>, open: Set<string>): Begin {
  const done = known.get(name);
  if (done) return done;
  const alternatives = rules.get(name);
  if (!alternatives) throw new GrammarError(`The grammar uses the rule ${name} and does not define it.`);
  if (open.has(name)) throw new GrammarError(`The rule ${name} begins with itself.`);
  open.add(name);
  const begin = beginOfAny(alternatives, (rule) => beginOfRule(rules, rule, known, open));
  open.delete(name);
  if (begin.ways > waysLimit) throw new GrammarError(`The rule ${name} can begin in too many ways.`);
  known.set(name, begin);
  return begin;
}

type Look = (rule: string) => Begin;

function beginOfAny(alternatives: readonly (readonly GbnfItem[])[], look: Look): Begin {
  const begins = alternatives.map((items) => beginOfSequence(items, look));
  return {
    ways: begins.reduce((sum, { ways }) => sum + ways, 0),
    maybeEmpty: begins.some(({ maybeEmpty }) => maybeEmpty),
  };
}

function beginOfSequence(items: readonly GbnfItem[], look: Look): Begin {
  let ways = 0;
  for (const item of items) {
    const begin = beginOfItem(item, look);
    ways += begin.ways;
    if (ways > waysLimit) throw new GrammarError('The grammar can go on in too many ways at one place.');
    if (!begin.maybeEmpty) return { ways, maybeEmpty: false };
  }
  return { ways: ways + 1, maybeEmpty: true };
}

/** A text goes on in the middle of a sequence as well. */
function checkMiddles(alternatives: readonly (readonly GbnfItem[])[], look: Look): void {
  for (const items of alternatives) {
    let ways = 0;
    for (const { what, least, most } of items.toReversed()) {
      if (what.kind === 'group') checkMiddles(what.alternatives, look);
      const begin = beginOfItem({ what, least, most }, look);
      ways = begin.maybeEmpty ? ways + begin.ways : begin.ways;
      if (ways > waysLimit) throw new GrammarError('The grammar can go on in too many ways at one place.');
    }
  }
}

function beginOfItem({ what, least, most }: GbnfItem, look: Look): Begin {
  const one = beginOfWhat(what, look);
  // Each repetition of something that may be empty is one more place to begin at.
  const ways = one.maybeEmpty ? one.ways * Math.max(1, Math.min(most, waysLimit + 1)) : one.ways;
  return { ways, maybeEmpty: one.maybeEmpty || least === 0 };
}

function beginOfWhat(what: GbnfItem['what'], look: Look): Begin {
  switch (what.kind) {
    case 'text':
      return { ways: 1, maybeEmpty: what.empty };
    case 'rule':
      return look(what.name);
    case 'group':
      return beginOfAny(what.alternatives, look);
  }
}
