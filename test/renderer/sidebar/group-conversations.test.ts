import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { groupConversations } from '../../../renderer/sidebar/group-conversations.ts';
import type { Conversation, Folder } from '../../../shared/contract/index.ts';

const now = new Date(2026, 10, 21, 12).getTime();

function at(title: string, updatedAt: Date | number, pinned = false): Conversation {
  const atMs = Number(updatedAt);
  return { id: title, title, createdAt: atMs, updatedAt: atMs, pinned, modelId: null, running: false };
}

function outline(conversations: readonly Conversation[], folders: readonly Folder[] = []): string[] {
  return groupConversations(conversations, folders, now).map((row) => {
    switch (row.kind) {
      case 'heading':
        return `[${row.key}]`;
      case 'folder':
        return `/${row.folder.name} ${row.count}`;
      case 'conversation':
        return row.folder ? `  ${row.conversation.title}` : row.conversation.title;
    }
  });
}

describe('the rows of the sidebar', () => {
  test('are pinned, then by day, then by month', () => {
    expect(
      outline([
        at('this morning', new Date(2026, 10, 21, 0, 5)),
        at('kept', new Date(2026, 10, 20, 20), true),
        at('last night', new Date(2026, 10, 20, 23, 55)),
        at('a week ago', new Date(2026, 10, 14)),
        at('early November', new Date(2026, 10, 13)),
        at('in March', new Date(2026, 2, 3)),
        at('a year before', new Date(2025, 2, 3)),
      ]),
    ).toEqual([
      '[pinned]',
      'kept',
      '[today]',
      'this morning',
      '[yesterday]',
      'last night',
      '[week]',
      'a week ago',
      '[2026-11]',
      'early November',
      '[2026-3]',
      'in March',
      '[2025-3]',
      'a year before',
    ]);
  });

  test('have folders between the pinned ones and the days; what is folded away keeps its count', () => {
    const sea = { id: 'sea', name: 'Sea', collapsed: false };
    const tax = { id: 'tax', name: 'Tax', collapsed: true };
    const filed = (title: string, folderId: string, pinned = false): Conversation => ({
      ...at(title, now, pinned),
      folderId,
    });
    expect(
      outline(
        [
          filed('tides', 'sea'),
          filed('form', 'tax'),
          filed('harbour', 'sea', true),
          filed('of a folder that is gone', 'old'),
          at('loose', now),
        ],
        [sea, tax],
      ),
    ).toEqual(['[pinned]', 'harbour', '/Sea 1', '  tides', '/Tax 1', '[today]', 'of a folder that is gone', 'loose']);
  });

  test('count what comes from the future as today', () => {
    expect(outline([at('tomorrow', now + 86_400_000)])).toEqual(['[today]', 'tomorrow']);
  });

  test('hold every conversation once, under exactly one heading of each kind', () => {
    const conversation = fc
      .record({ updatedAt: fc.integer({ min: 0, max: now + 1e9 }), pinned: fc.boolean() })
      .map(({ updatedAt, pinned }) => at('', updatedAt, pinned));
    fc.assert(
      fc.property(fc.array(conversation, { maxLength: 60 }), (made) => {
        const newestFirst = made
          .map((one, index) => ({ ...one, id: `c${index}` }))
          .toSorted((left, right) => right.updatedAt - left.updatedAt);
        const rows = groupConversations(newestFirst, [], now);
        const ids = rows.flatMap((row) => (row.kind === 'conversation' ? [row.key] : []));
        const headings = rows.flatMap((row) => (row.kind === 'heading' ? [row.key] : []));
        expect(ids.toSorted()).toEqual(newestFirst.map(({ id }) => id).toSorted());
        expect(new Set(headings).size).toBe(headings.length);
      }),
    );
  });
});
