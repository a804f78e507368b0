/** The tools the corpus knows, as the app describes them to the model. */
export interface ToolDescription {
  readonly name: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export const toolCatalogue: readonly ToolDescription[] = [
  {
    name: 'calculator',
    description: 'Works out an arithmetic expression.',
    parameters: { expression: 'such as 2 * (3 + 4)' },
  },
  {
    name: 'convert_units',
    description: 'Converts a number from one unit to another.',
    parameters: { value: 'a number', from: 'unit', to: 'unit' },
  },
  {
    name: 'current_time',
    description: 'Tells the date and time.',
    parameters: { place: 'a city; here when left out' },
  },
  { name: 'search_documents', description: "Searches the person's documents.", parameters: { query: 'key words' } },
  { name: 'open_url', description: 'Opens a web page.', parameters: { url: 'the address' } },
  { name: 'remind_me', description: 'Sets a reminder.', parameters: { text: 'what about', when: 'date or time' } },
  {
    name: 'set_timer',
    description: 'Starts a timer.',
    parameters: { duration: 'such as 5 minutes', label: 'a name, may be left out' },
  },
  {
    name: 'get_weather',
    description: 'Tells the weather.',
    parameters: { place: 'a city', day: 'a day; today when left out' },
  },
  { name: 'read_file', description: 'Reads a file.', parameters: { path: 'its name' } },
];

/** What stands in the system turn when tools are offered, one JSON object a line. */
export function toolsPrompt(tools: readonly ToolDescription[]): string {
  return `<tools>\n${tools.map((tool) => JSON.stringify(tool)).join('\n')}\n</tools>`;
}

export function toolCall(name: string, args: Readonly<Record<string, string>>): string {
  return `<tool_call>${JSON.stringify({ name, arguments: args })}</tool_call>`;
}

export function toolResponse(result: string): string {
  return `<tool_response>${result}</tool_response>`;
}
