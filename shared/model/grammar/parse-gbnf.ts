import { GrammarError } from './grammar-error.ts';

/** An element of a sequence with how often it may come; `most` is Infinity for without end. */
export interface GbnfItem {
  readonly what:
    | { readonly kind: 'text'; readonly empty: boolean }
    | { readonly kind: 'rule'; readonly name: string }
    | { readonly kind: 'group'; readonly alternatives: readonly (readonly GbnfItem[])[] };
  readonly least: number;
  readonly most: number;
}

/** The alternatives of each rule, by its name. */
export type GbnfRules = ReadonlyMap<string, readonly (readonly GbnfItem[])[]>;

const grammarLimitChars = 65_536;
const rulesLimit = 2000;
/** llama.cpp reads brackets with a function that calls itself. */
const depthLimit = 64;
const repeatLimit = 1000;

/**
 * Reads the form of a grammar in GBNF, the notation of llama.cpp (grammars/README.md there). What stands inside of texts
 * and classes is left to llama.cpp.
 * @throws GrammarError for what cannot be read, tokens among it, and for what is too large
 */
export function parseGbnf(text: string): GbnfRules {
  if (text.length > grammarLimitChars) {
    throw new GrammarError(`The grammar has ${text.length} characters; ${grammarLimitChars} are the most.`);
  }
  if (text.includes('\0')) throw new GrammarError('The grammar holds a zero character.');
  return new GbnfParser(text).rules();
}

class GbnfParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  rules(): GbnfRules {
    const rules = new Map<string, readonly (readonly GbnfItem[])[]>();
    for (this.#skip(true); this.#at < this.#text.length; this.#skip(true)) {
      const name = this.#match(/[A-Za-z0-9-]+/y) ?? this.#fail('the name of a rule');
      this.#skip(false);
      if (this.#match(/::=/y) === undefined) this.#fail('"::="');
      this.#skip(true);
      if (rules.has(name)) throw new GrammarError(`The grammar defines the rule ${name} twice.`);
      if (rules.size === rulesLimit) throw new GrammarError(`The grammar has more than ${rulesLimit} rules.`);
      rules.set(name, this.#alternatives(0));
      if (this.#at < this.#text.length && this.#match(/\r?\n/y) === undefined) this.#fail('the end of the line');
    }
    return rules;
  }

  #alternatives(depth: number): GbnfItem[][] {
    if (depth > depthLimit) {
      throw new GrammarError(`The grammar has more than ${depthLimit} brackets inside each other.`);
    }
    const alternatives = [this.#sequence(depth)];
    while (this.#match(/\|/y) !== undefined) {
      this.#skip(true);
      alternatives.push(this.#sequence(depth));
    }
    return alternatives;
  }

  #sequence(depth: number): GbnfItem[] {
    const items: GbnfItem[] = [];
    for (let what = this.#what(depth); what; what = this.#what(depth)) {
      this.#skip(depth > 0);
      let item: GbnfItem = { what, least: 1, most: 1 };
      for (let times = this.#times(); times; times = this.#times()) {
        const isPlain = item.least === 1 && item.most === 1;
        item = { what: isPlain ? what : { kind: 'group', alternatives: [[item]] }, ...times };
        this.#skip(depth > 0);
      }
      items.push(item);
    }
    return items;
  }

  #what(depth: number): GbnfItem['what'] | undefined {
    const literal = this.#match(/"(?:[^"\\]|\\[^])*"/y);
    if (literal !== undefined) return { kind: 'text', empty: literal === '""' };
    if (this.#match(/\[(?:[^\]\\]|\\[^])*\]|\./y) !== undefined) return { kind: 'text', empty: false };
    if (this.#match(/\(/y) !== undefined) {
      this.#skip(true);
      const alternatives = this.#alternatives(depth + 1);
      if (this.#match(/\)/y) === undefined) this.#fail('")"');
      return { kind: 'group', alternatives };
    }
    const name = this.#match(/[A-Za-z0-9-]+/y);
    return name === undefined ? undefined : { kind: 'rule', name };
  }

  #times(): Pick<GbnfItem, 'least' | 'most'> | undefined {
    const sign = this.#match(/[*+?]/y);
    if (sign === '*') return { least: 0, most: Infinity };
    if (sign === '+') return { least: 1, most: Infinity };
    if (sign === '?') return { least: 0, most: 1 };
    const range = this.#match(/\{\s*\d{1,6}\s*(?:,\s*(?:\d{1,6}\s*)?)?\}/y);
    if (range === undefined) return undefined;
    const [first = 0, second] = Array.from(range.matchAll(/\d+/g), ([digits]) => Number(digits));
    const most = second ?? (range.includes(',') ? Infinity : first);
    if (first > repeatLimit || (most !== Infinity && most > repeatLimit) || most < first || most === 0) {
      throw new GrammarError(
        `The grammar repeats something ${range} times; numbers from 1 to ${repeatLimit} can be used.`,
      );
    }
    return { least: first, most };
  }

  #skip(lines: boolean): void {
    this.#match(lines ? /(?:\s|#[^\n]*)*/y : /(?:[ \t]|#[^\n]*)*/y);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #fail(wanted: string): never {
    const line = this.#text.slice(0, this.#at).split('\n').length;
    throw new GrammarError(`The grammar cannot be read: in line ${line}, ${wanted} was expected.`);
  }
}
