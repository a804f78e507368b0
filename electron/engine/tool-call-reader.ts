/** What a model's words turn out to be. */
export type ReadPiece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'call'; readonly name: string; readonly input: Readonly<Record<string, unknown>> };

export interface ToolCallReader {
  push(text: string): ReadPiece[];
  /** What was held back because it could have become a call. */
  end(): ReadPiece[];
}

/** Marks that families of models put before a call: Qwen and Hermes, Mistral, Llama 3. */
const marks = ['<tool_call>', '[TOOL_CALLS]', '<|python_tag|>'];
const endMark = '</tool_call>';
/** A call that is longer than this is none. */
const callLimitChars = 200_000;

/**
 * Finds the calls of tools in a model's answer: `{"name": ..., "arguments": {...}}`, with `parameters` for `arguments` in
 * some families, alone, in a list, or as `name[ARGS]{...}`, after a mark or as the whole answer. What names no known tool
 * stays text. The result does not depend on the pieces in which the text arrives.
 */
export function createToolCallReader(tools: ReadonlySet<string>): ToolCallReader {
  if (tools.size === 0) return { push: (text) => textPieces(text), end: () => [] };
  let held = '';
  let phase: 'start' | 'text' | 'call' = 'start';
  let mark = '';
  /** The space before the mark, which is no part of the answer when a call follows. */
  let space = '';
  /** Nothing but space was said since a call. */
  let afterCall = false;

  const calls = (value: unknown): ReadPiece[] | undefined => {
    const found = (Array.isArray(value) ? value : [value]).map((entry: unknown) => readCall(entry, tools));
    const known = found.filter((call) => call !== undefined);
    return known.length > 0 && known.length === found.length ? known : undefined;
  };
  /** Undefined while more is needed. */
  const takeCall = (): ReadPiece[] | undefined => {
    const start = held.trimStart();
    if (start === '' && held.length < callLimitChars) return undefined;
    const named = /^([\w.-]{1,64})\[ARGS\]/.exec(start);
    const jsonAt = named ? named[0].length : 0;
    const isName = !named && mark === '[TOOL_CALLS]' && /^[\w.-]{1,64}(?:\[[ARGS]{0,4})?$/.test(start);
    if (isName) return undefined;
    const length = jsonLength(start.slice(jsonAt));
    if (length === undefined && start.length < callLimitChars) return undefined;
    const value = length ? tryJson(start.slice(jsonAt, jsonAt + length)) : undefined;
    const found = length ? calls(named ? { name: named[1], arguments: value } : value) : undefined;
    phase = 'text';
    if (!found) {
      afterCall = false;
      return textPieces(space + mark);
    }
    afterCall = true;
    held = start.slice(jsonAt + (length ?? 0));
    return found;
  };
  const takeText = (): ReadPiece[] | undefined => {
    const known = afterCall ? [...marks, endMark] : marks;
    const found = firstMark(held, known);
    if (found) {
      const before = held.slice(0, found.at);
      const text = before.trimEnd();
      held = held.slice(found.at + found.mark.length);
      if (text !== '') afterCall = false;
      else if (found.mark === endMark) return [];
      mark = found.mark;
      space = afterCall ? '' : before.slice(text.length);
      phase = 'call';
      return textPieces(text);
    }
    const certain = held.slice(0, held.length - heldBack(held, known));
    if (certain.trim() === '') return undefined;
    afterCall = false;
    held = held.slice(certain.length);
    return textPieces(certain);
  };
  const step = (): ReadPiece[] | undefined => {
    switch (phase) {
      case 'start': {
        const start = held.trimStart();
        if (start === '') return undefined;
        phase = start.startsWith('{') ? 'call' : 'text';
        return [];
      }
      case 'call':
        return takeCall();
      case 'text':
        return takeText();
    }
  };
  const run = (): ReadPiece[] => {
    const all: ReadPiece[] = [];
    for (let next = step(); next; next = step()) all.push(...next);
    return all;
  };

  return {
    push(text) {
      held += text;
      return run();
    },
    end() {
      const rest = phase === 'call' ? space + mark + held : held;
      held = '';
      return textPieces(afterCall && rest.trim() === '' ? '' : rest);
    },
  };
}

function textPieces(text: string): ReadPiece[] {
  return text === '' ? [] : [{ type: 'text', text }];
}

function readCall(value: unknown, tools: ReadonlySet<string>): ReadPiece | undefined {
  if (!isObject(value) || typeof value['name'] !== 'string' || !tools.has(value['name'])) return undefined;
  const given = value['arguments'] ?? value['parameters'] ?? {};
  const input = typeof given === 'string' ? tryJson(given) : given;
  return isObject(input) ? { type: 'call', name: value['name'], input } : undefined;
}

function firstMark(text: string, known: readonly string[]): { at: number; mark: string } | undefined {
  let first: { at: number; mark: string } | undefined;
  for (const mark of known) {
    const at = text.indexOf(mark);
    if (at >= 0 && (!first || at < first.at)) first = { at, mark };
  }
  return first;
}

/** Characters at the end that may be the beginning of a mark, with the space before it. */
function heldBack(text: string, known: readonly string[]): number {
  let longest = 0;
  for (const mark of known) {
    for (let length = Math.min(mark.length - 1, text.length); length > longest; length -= 1) {
      if (text.endsWith(mark.slice(0, length))) longest = length;
    }
  }
  const before = text.slice(0, text.length - longest);
  return longest + before.length - before.trimEnd().length;
}

/** Length of the JSON object or list at the start of a text; undefined while it is not complete, 0 when it is none. */
function jsonLength(text: string): number | undefined {
  if (text === '') return undefined;
  if (!/^[{[]/.test(text)) return 0;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
