export interface SaidMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
  readonly model: { readonly name: string } | null;
}

export interface MarkdownWords {
  readonly you: string;
  readonly assistant: string;
}

/**
 * A conversation as a text for people: its title, then each message under who said it. What was said stays as it was
 * written; headings inside it are not changed. Messages without words are left out.
 */
export function conversationMarkdown(title: string, messages: readonly SaidMessage[], words: MarkdownWords): string {
  const parts = messages.flatMap(({ role, text, model }) => {
    if (text.trim() === '') return [];
    const name = model === null ? words.assistant : `${words.assistant} (${model.name})`;
    return [`**${role === 'user' ? words.you : name}:**`, text.trimEnd()];
  });
  return `${[...(title === '' ? [] : [`# ${title}`]), ...parts].join('\n\n')}\n`;
}
