import { expect, test } from 'vitest';

import { conversationMarkdown } from '../../shared/model/conversation-markdown.ts';

const words = { you: 'You', assistant: 'Clawdbot' };

test('a conversation as Markdown names who said what, and leaves what was said as it was', () => {
  const text = conversationMarkdown(
    'Tides',
    [
      { role: 'user', text: 'Why?\n\n> quoted', model: null },
      { role: 'assistant', text: '# Because\n\n```ts\nconst moon = 1;\n```\n', model: { name: 'Qwen 3' } },
      { role: 'user', text: '谢谢', model: null },
      { role: 'assistant', text: ' ', model: null },
    ],
    words,
  );
  expect(text).toBe(
    '# Tides\n\n**You:**\n\nWhy?\n\n> quoted\n\n**Clawdbot (Qwen 3):**\n\n# Because\n\n```ts\nconst moon = 1;\n```\n\n**You:**\n\n谢谢\n',
  );
});

test('a conversation without a title and without words is an empty line', () => {
  expect(conversationMarkdown('', [], words)).toBe('\n');
});
