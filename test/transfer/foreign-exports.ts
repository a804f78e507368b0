/** Exports of other assistants, made from what is known of their structure. */

export function chatGptConversation(
  index: number,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const at = 1_700_000_000 + index;
  const node = (id: string, parent: string | null, children: string[], message: unknown) => ({
    id,
    parent,
    children,
    message,
  });
  const said = (role: string, text: string, extra: Readonly<Record<string, unknown>> = {}) => ({
    id: `${role}-${text.length}`,
    author: { role, name: null, metadata: {} },
    create_time: at + 0.25,
    content: { content_type: 'text', parts: [text] },
    status: 'finished_successfully',
    weight: 1,
    metadata: role === 'assistant' ? { model_slug: 'gpt-4o' } : {},
    recipient: 'all',
    ...extra,
  });
  return {
    title: `Glaciers ${index}`,
    create_time: at,
    update_time: at + 60.5,
    conversation_id: `chatgpt-${index}`,
    current_node: 'a2',
    mapping: {
      root: node('root', null, ['sys'], null),
      sys: node(
        'sys',
        'root',
        ['q1'],
        said('system', '', { metadata: { is_visually_hidden_from_conversation: true } }),
      ),
      q1: node('q1', 'sys', ['a1', 'think'], said('user', `Where is glacier ${index}?`)),
      a1: node('a1', 'q1', [], said('assistant', 'In the north.')),
      think: node('think', 'q1', ['call'], {
        author: { role: 'assistant' },
        create_time: at,
        content: { content_type: 'thoughts', thoughts: [{ summary: 'Looking', content: 'It is cold there.' }] },
      }),
      call: node('call', 'think', ['tool'], said('assistant', 'search("glacier")', { recipient: 'browser' })),
      tool: node('tool', 'call', ['a2'], said('tool', 'found')),
      a2: node('a2', 'tool', ['q2'], said('assistant', '在北方。')),
      q2: node('q2', 'a2', ['a3'], {
        ...said('user', ''),
        content: {
          content_type: 'multimodal_text',
          parts: [{ content_type: 'image_asset_pointer', asset_pointer: 'file-service://x' }, 'What is this?'],
        },
      }),
      a3: node('a3', 'q2', [], said('assistant', 'A glacier.')),
    },
    ...more,
  };
}

export function claudeConversation(
  index: number,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const at = (minute: number): string => `2025-03-0${(index % 9) + 1}T10:${String(minute).padStart(2, '0')}:00.123456Z`;
  return {
    uuid: `claude-${index}`,
    name: `Rivers ${index}`,
    created_at: at(0),
    updated_at: at(9),
    account: { uuid: 'me' },
    chat_messages: [
      {
        uuid: `h1-${index}`,
        text: 'Why does a river bend?',
        content: [{ type: 'text', text: 'Why does a river bend?' }],
        sender: 'human',
        created_at: at(1),
        attachments: [
          { file_name: 'notes.txt', file_size: 10, file_type: 'txt', extracted_content: 'The ``` outer bank' },
        ],
        files: [{ file_name: 'map.png' }],
        parent_message_uuid: '00000000-0000-4000-8000-000000000000',
      },
      {
        uuid: `a1-${index}`,
        text: 'Because of the stones.',
        content: [
          { type: 'thinking', thinking: 'Stones, mostly.' },
          { type: 'tool_use', name: 'search', input: {} },
          { type: 'tool_result', content: [] },
          { type: 'text', text: 'Because of the stones.' },
        ],
        sender: 'assistant',
        created_at: at(2),
        parent_message_uuid: `h1-${index}`,
      },
      {
        uuid: `a2-${index}`,
        text: 'Because the outer bank wears away.',
        content: [],
        sender: 'assistant',
        created_at: at(3),
        parent_message_uuid: `h1-${index}`,
      },
    ],
    ...more,
  };
}

export function openAiLine(index: number): Record<string, unknown> {
  return {
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: `What is ${index} plus one?` },
      { role: 'assistant', content: [{ type: 'text', text: String(index + 1) }] },
    ],
  };
}
