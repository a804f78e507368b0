import type { LanguageModelV4CallOptions } from '@ai-sdk/provider';
import type { EngineTool } from '../../shared/model/engine-protocol.ts';
import { GrammarError } from '../../shared/model/grammar/grammar-error.ts';
import { jsonGrammar } from '../../shared/model/grammar/json-grammar.ts';
import { badInput } from './bad-input.ts';

const toolsLimit = 128;
const schemasLimitChars = 100_000;

/**
 * The tools that may be called; none when the caller chose none.
 * @throws BAD_INPUT for names that come twice, a choice that is not among them, and more than can be read
 */
export function parseTools({ tools = [], toolChoice }: LanguageModelV4CallOptions): EngineTool[] {
  if (toolChoice?.type === 'none') return [];
  if (tools.length > toolsLimit) throw badInput('tools', `At most ${toolsLimit} tools can be offered at once.`);
  // Tools that a cloud runs itself do not exist here; the caller is warned of them.
  const own = tools.flatMap((tool) => (tool.type === 'function' ? [tool] : []));
  const parsed = own.map(({ name, description = '', inputSchema }) => {
    if (!/^[\w.-]{1,64}$/.test(name)) throw badInput('tools', `"${name.slice(0, 80)}" is no name for a tool.`);
    const schema = JSON.stringify(inputSchema);
    return { name, description, schema };
  });
  const chars = parsed.reduce((sum, { schema, description }) => sum + schema.length + description.length, 0);
  if (chars > schemasLimitChars) throw badInput('tools', 'The descriptions of the tools are too long together.');
  const names = new Set(parsed.map(({ name }) => name));
  if (names.size < parsed.length) throw badInput('tools', 'Two tools have the same name.');
  if (toolChoice?.type === 'tool' && !names.has(toolChoice.toolName)) {
    throw badInput('toolChoice', `There is no tool with the name ${toolChoice.toolName.slice(0, 80)}.`);
  }
  if (toolChoice?.type === 'required' && parsed.length === 0) throw badInput('toolChoice', 'There is no tool to call.');
  return parsed;
}

/** What an answer must look like that has to be a call; null when it may be anything. */
export function callGrammar({ toolChoice }: LanguageModelV4CallOptions, tools: readonly EngineTool[]): string | null {
  if (toolChoice?.type !== 'required' && toolChoice?.type !== 'tool') return null;
  const wanted = toolChoice.type === 'tool' ? tools.filter(({ name }) => name === toolChoice.toolName) : tools;
  return jsonGrammar({
    anyOf: wanted.map(({ name }, index) => ({
      type: 'object',
      properties: { name: { const: name }, arguments: { $ref: `#/$defs/${index}` } },
      required: ['name', 'arguments'],
    })),
    $defs: Object.fromEntries(wanted.map((tool, index) => [index, describable(tool, `#/$defs/${index}`)])),
  });
}

/** A schema that a grammar cannot express is replaced by any object; the input is checked afterwards in any case. */
function describable({ schema }: EngineTool, place: string): unknown {
  const parsed: unknown = JSON.parse(schema);
  try {
    jsonGrammar(parsed);
    return moved(parsed, place);
  } catch (error) {
    if (error instanceof GrammarError) return { type: 'object' };
    throw error;
  }
}

/** The schema with its references as they are inside another document. */
function moved(schema: unknown, place: string): unknown {
  if (Array.isArray(schema)) return schema.map((part) => moved(part, place));
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]: [string, unknown]) => [
      key,
      key === '$ref' && typeof value === 'string' ? value.replace('#', place) : moved(value, place),
    ]),
  );
}
