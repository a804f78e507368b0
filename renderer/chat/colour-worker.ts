import type { HighlighterCore } from 'shiki/core';
import { createCssVariablesTheme, createHighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';

import type { CodeLine, ColourReply, ColourRequest } from './code-colours.ts';
import type { CodeLanguage } from './code-language.ts';

/**
 * Colours code outside the window's thread. Grammars are hundreds of regular expressions: compiling one takes longer
 * than a few frames, and code that a model invents can make one run for minutes. The window ends this worker then.
 */

/** A line beyond this is data, not code; grammars are slow on it. */
const longestLineChars = 2_000;
const rememberedBlocks = 8;

const theme = createCssVariablesTheme({ name: 'kinds', variablePrefix: '--kind-', fontStyle: false });
// The JavaScript engine needs no WebAssembly, which the content security policy does not allow.
const core = createHighlighterCore({
  themes: [theme],
  langs: [],
  engine: createJavaScriptRegexEngine({ forgiving: true }),
});

interface Block {
  readonly language: CodeLanguage;
  readonly lines: readonly string[];
  readonly states: (ReturnType<HighlighterCore['getLastGrammarState']> | undefined)[];
}
const blocks = new Map<number, Block>();

addEventListener('message', (event: MessageEvent<ColourRequest>) => void answer(event.data));

async function answer({ block, language, grammar, code }: ColourRequest): Promise<void> {
  let reply: ColourReply;
  try {
    const highlighter = await core;
    if (grammar !== null) await highlighter.loadLanguage(grammar);
    reply = { block, ...colour(highlighter, block, language, code) };
  } catch {
    reply = { block, from: null, lines: [] };
  }
  postMessage(reply);
}

function colour(
  highlighter: HighlighterCore,
  block: number,
  lang: CodeLanguage,
  code: string,
): { from: number; lines: CodeLine[] } {
  const lines = code.split('\n');
  const known = blocks.get(block);
  let from = 0;
  if (known?.language === lang) while (from < known.lines.length && known.lines[from] === lines[from]) from += 1;
  const states = known?.states.slice(0, from) ?? [];
  const coloured = lines.slice(from).map((line) => {
    const before = states.at(-1);
    if (line.length > longestLineChars) {
      states.push(before);
      return [{ text: line, kind: null }];
    }
    const tokens = highlighter.codeToTokensBase(line, {
      lang,
      theme: 'kinds',
      // A limit would leave the rest of a line in the colour of its beginning, for good; the window has a better one.
      tokenizeTimeLimit: 0,
      ...(before ? { grammarState: before } : {}),
    });
    states.push(highlighter.getLastGrammarState(tokens));
    return (tokens[0] ?? []).map((token) => ({ text: token.content, kind: kindOf(token.color) }));
  });
  blocks.delete(block);
  blocks.set(block, { language: lang, lines, states });
  for (const oldest of blocks.keys()) if (blocks.size > rememberedBlocks) blocks.delete(oldest);
  return { from, lines: coloured };
}

/** `var(--kind-token-keyword)` -> `keyword`. */
function kindOf(colourValue: string | undefined): string | null {
  return /--kind-token-([a-z-]+)/.exec(colourValue ?? '')?.[1] ?? null;
}
