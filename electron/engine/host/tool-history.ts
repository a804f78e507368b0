import {
  JinjaTemplateChatWrapper,
  type ChatHistoryItem,
  type ChatModelFunctionCall,
  type ChatModelFunctions,
  type ChatModelResponse,
  type ChatWrapper,
  type Tokenizer,
} from 'node-llama-cpp';
import type { EngineTool, EngineTurn } from '../../../shared/model/engine-protocol.ts';

/** A conversation in the form that a wrapper writes. */
export interface History {
  readonly wrapper: ChatWrapper;
  readonly items: ChatHistoryItem[];
  readonly functions?: ChatModelFunctions;
  /** The last answer is continued, not answered. */
  readonly continued: boolean;
}

/** Marks of calls that may be tokens of their own. */
export const callMarks: readonly string[] = ['<tool_call>', '</tool_call>', '[TOOL_CALLS]', '[ARGS]', '<|python_tag|>'];

/**
 * Writes down what was said, with the tools that may be called: as the model's own template does it where that has a form
 * for them which is understood, otherwise in words of ours.
 */
export function writeHistory(
  wrapper: ChatWrapper,
  tokenizer: Tokenizer,
  turns: readonly EngineTurn[],
  tools: readonly EngineTool[],
): History {
  const withCalls = tools.length > 0 || turns.some((turn) => turn.role === 'tool' || (turn.calls?.length ?? 0) > 0);
  const own = withCalls ? toolWrapper(wrapper, tokenizer) : undefined;
  if (own) return { wrapper: own, functions: describeTools(tools), ...toItems(turns) };
  return { wrapper, ...toItems(withCalls ? inPlainWords(turns, tools) : turns) };
}

function toItems(turns: readonly EngineTurn[]): Pick<History, 'items' | 'continued'> {
  const items: ChatHistoryItem[] = [];
  for (const turn of turns) {
    switch (turn.role) {
      case 'system':
      case 'user':
        items.push({ type: turn.role, text: turn.text });
        break;
      case 'assistant':
        items.push({ type: 'model', response: toResponse(turn) });
        break;
      case 'tool':
        if (!giveResult(items, turn)) items.push({ type: 'user', text: turn.text });
    }
  }
  const last = turns.at(-1);
  const continued = last?.role === 'assistant';
  // After a result, the item that holds the call is the one that goes on.
  if (items.at(-1)?.type !== 'model') items.push({ type: 'model', response: [] });
  return { items, continued };
}

function toResponse({ text, calls = [] }: EngineTurn): ChatModelResponse['response'] {
  const made = calls.map(({ name, input }): ChatModelFunctionCall => ({
    type: 'functionCall',
    name,
    params: parsed(input),
    result: undefined,
  }));
  return text === '' && made.length > 0 ? made : [text, ...made];
}

/** False when nothing waits for this result. */
function giveResult(items: ChatHistoryItem[], { text, name }: EngineTurn): boolean {
  const last = items.at(-1);
  if (last?.type !== 'model') return false;
  const at = last.response.findIndex(
    (part) =>
      typeof part === 'object' && part.type === 'functionCall' && part.name === name && part.result === undefined,
  );
  const call = last.response[at];
  if (typeof call !== 'object' || call.type !== 'functionCall') return false;
  items[items.length - 1] = { ...last, response: last.response.with(at, { ...call, result: parsed(text) }) };
  return true;
}

const toolWrappers = new WeakMap<ChatWrapper, { wrapper: ChatWrapper | undefined }>();

/** Looked for when the first tool is offered, for it takes a while. */
function toolWrapper(wrapper: ChatWrapper, tokenizer: Tokenizer): ChatWrapper | undefined {
  if (!(wrapper instanceof JinjaTemplateChatWrapper)) return undefined;
  const known = toolWrappers.get(wrapper);
  if (known) return known.wrapper;
  const found = findToolWrapper(wrapper.template, tokenizer);
  toolWrappers.set(wrapper, { wrapper: found });
  return found;
}

function findToolWrapper(template: string, tokenizer: Tokenizer): ChatWrapper | undefined {
  // Calls in a form of nested marks are not understood.
  if (!template.includes('tools') || template.includes('<function=')) return undefined;
  try {
    const wrapper = new JinjaTemplateChatWrapper({ template, tokenizer, functionCallMessageTemplate: 'auto' });
    return wrapper.usingJinjaFunctionCallTemplate ? wrapper : undefined;
  } catch (error) {
    process.stderr.write(`The template cannot write tools: ${String(error)}\n`);
    return undefined;
  }
}

function describeTools(tools: readonly EngineTool[]): ChatModelFunctions {
  return Object.fromEntries(
    tools.map(({ name, description, schema }) => [name, { description, params: JSON.parse(schema) }]),
  );
}

/** For models whose templates know nothing of tools. */
function inPlainWords(turns: readonly EngineTurn[], tools: readonly EngineTool[]): EngineTurn[] {
  const plain: EngineTurn[] = [];
  const add = (role: EngineTurn['role'], text: string): void => {
    const last = plain.at(-1);
    // Many templates refuse two turns of one side in a row.
    if (last?.role === role && role === 'user') plain[plain.length - 1] = { role, text: `${last.text}\n\n${text}` };
    else plain.push({ role, text });
  };
  if (tools.length > 0 && turns[0]?.role !== 'system') add('system', toolWords(tools));
  for (const [index, { role, text, calls = [] }] of turns.entries()) {
    if (role === 'tool') add('user', `<tool_response>\n${text}\n</tool_response>`);
    else if (role === 'system' && index === 0 && tools.length > 0) add(role, `${text}\n\n${toolWords(tools)}`);
    else {
      const made = calls.map(({ name, input }) => {
        const call = JSON.stringify({ name, arguments: parsed(input) });
        return `<tool_call>\n${call}\n</tool_call>`;
      });
      add(role, [...(text === '' ? [] : [text]), ...made].join('\n'));
    }
  }
  return plain;
}

function toolWords(tools: readonly EngineTool[]): string {
  const described = tools.map(({ name, description, schema }) =>
    JSON.stringify({ name, description, parameters: parsed(schema) }),
  );
  return [
    'You can call tools. These are their names, what they are for, and the JSON schemas of what they are given:',
    ...described,
    'To call a tool, answer with its name and what it is given, in this form and with nothing else:',
    '<tool_call>\n{"name": "name of the tool", "arguments": {}}\n</tool_call>',
    'What the tool found comes in the next message. Call a tool only when it is needed for the answer.',
  ].join('\n');
}

/** What is no JSON is a text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
