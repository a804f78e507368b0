import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  applyEarlier,
  applyThreadEvent,
  applyThreadEvents,
  emptyThread,
  mergeDeltas,
  runningMessage,
  type ThreadState,
} from '../../../renderer/chat/thread-state.ts';
import type { Conversation, Message, ThreadEvent } from '../../../shared/contract/index.ts';
import { createMessage } from './scripted-chat.ts';

const conversation: Conversation = {
  id: 'c1',
  title: 'Tides',
  createdAt: 1,
  updatedAt: 1,
  pinned: false,
  modelId: null,
  running: false,
};

function chain(...fields: Partial<Message>[]): Message[] {
  return fields.map((own, index) =>
    createMessage({
      id: `m${index}`,
      parentId: index === 0 ? null : `m${index - 1}`,
      role: index % 2 ? 'assistant' : 'user',
      ...own,
    }),
  );
}

function snapshot(messages: Message[], fields: { hasEarlier?: boolean; progress?: null } = {}): ThreadEvent {
  return { type: 'snapshot', conversation, messages, hasEarlier: false, progress: null, ...fields };
}

function delta(messageId: string, offset: number, text: string): Extract<ThreadEvent, { type: 'delta' }> {
  return { type: 'delta', messageId, offset, text, sentAtMs: 0 };
}

function opened(...fields: Partial<Message>[]): ThreadState {
  return applyThreadEvent(emptyThread, snapshot(chain(...fields)));
}

describe('a delta', () => {
  test('is added where it belongs', () => {
    const state = applyThreadEvent(opened({}, { state: 'running', text: 'The sea' }), delta('m1', 7, ' rises'));
    expect(state.messages[1]?.text).toBe('The sea rises');
    expect(state.outOfStep).toBe(false);
  });

  test('that came twice changes nothing', () => {
    const before = opened({}, { state: 'running', text: 'The sea rises' });
    expect(applyThreadEvent(before, delta('m1', 7, ' rises'))).toBe(before);
  });

  test('that overlaps what is known adds only the rest', () => {
    const state = applyThreadEvent(opened({}, { state: 'running', text: 'The sea' }), delta('m1', 4, 'sea rises'));
    expect(state.messages[1]?.text).toBe('The sea rises');
  });

  test('after a gap leaves the text alone and asks for a new snapshot', () => {
    const state = applyThreadEvent(opened({}, { state: 'running', text: 'The' }), delta('m1', 7, ' rises'));
    expect(state.messages[1]?.text).toBe('The');
    expect(state.outOfStep).toBe(true);
  });

  test('that contradicts what is known asks for a new snapshot', () => {
    const state = applyThreadEvent(opened({}, { state: 'running', text: 'The sea' }), delta('m1', 4, 'sky'));
    expect(state.messages[1]?.text).toBe('The sea');
    expect(state.outOfStep).toBe(true);
  });

  test('of an answer that left the branch is ignored', () => {
    const before = opened({}, { text: 'Old' });
    expect(applyThreadEvent(before, delta('gone', 0, 'late'))).toBe(before);
  });

  test('means that the answer is being written', () => {
    const reading = applyThreadEvent(opened({}, { state: 'running' }), {
      type: 'progress',
      messageId: 'm1',
      progress: { phase: 'reading', readTokens: 1, totalTokens: 2 },
    });
    expect(applyThreadEvent(reading, delta('m1', 0, 'A')).progress).toEqual({
      messageId: 'm1',
      progress: { phase: 'answering' },
    });
  });

  test('leaves every other message the same object', () => {
    const before = opened({ text: 'q' }, { text: 'a' }, { text: 'q' }, { state: 'running' });
    const after = applyThreadEvent(before, delta('m3', 0, 'A'));
    expect(after.messages.slice(0, 3).every((message, index) => message === before.messages[index])).toBe(true);
    expect(after.messages[3]).not.toBe(before.messages[3]);
  });
});

describe('a snapshot', () => {
  test('mends a thread that missed something', () => {
    const broken = applyThreadEvent(opened({}, { state: 'running' }), delta('m1', 5, 'x'));
    const state = applyThreadEvent(broken, snapshot(chain({}, { state: 'running', text: 'whole' })));
    expect(state).toMatchObject({ outOfStep: false, phase: 'ready' });
    expect(state.messages[1]?.text).toBe('whole');
  });

  test('keeps messages that did not change as the same objects, so that they are not drawn again', () => {
    const before = opened({ text: 'q' }, { text: 'a' });
    const after = applyThreadEvent(before, snapshot(chain({ text: 'q' }, { text: 'other' })));
    expect(after.messages[0]).toBe(before.messages[0]);
    expect(after.messages[1]?.text).toBe('other');
  });

  test('keeps the older pages that a reader has loaded', () => {
    const all = chain({}, {}, {}, {});
    const opening = applyThreadEvent(emptyThread, snapshot(all.slice(2), { hasEarlier: true }));
    const paged = applyEarlier(opening, 'm2', { messages: all.slice(0, 2), hasEarlier: false });
    const again = applyThreadEvent(paged, snapshot(all.slice(2), { hasEarlier: true }));
    expect(again.messages.map(({ id }) => id)).toEqual(['m0', 'm1', 'm2', 'm3']);
    expect(again.hasEarlier).toBe(false);
  });

  test('of another branch replaces everything', () => {
    const other = [createMessage({ id: 'x', parentId: 'y' })];
    const state = applyThreadEvent(opened({}, {}), snapshot(other, { hasEarlier: true }));
    expect(state.messages).toEqual(other);
    expect(state.hasEarlier).toBe(true);
  });

  test('gives its progress to the answer that is running', () => {
    const event: ThreadEvent = {
      type: 'snapshot',
      conversation,
      messages: chain({}, { state: 'running' }),
      hasEarlier: false,
      progress: { phase: 'queued', ahead: 2 },
    };
    expect(applyThreadEvent(emptyThread, event).progress?.messageId).toBe('m1');
  });
});

describe('a message', () => {
  test('that is new stands at the end', () => {
    const state = applyThreadEvent(opened({}), {
      type: 'message',
      message: createMessage({ id: 'n', parentId: 'm0' }),
    });
    expect(state.messages.map(({ id }) => id)).toEqual(['m0', 'n']);
  });

  test('that is known is replaced in its place', () => {
    const state = applyThreadEvent(opened({}, {}), {
      type: 'message',
      message: createMessage({ id: 'm0', text: 'new' }),
    });
    expect(state.messages.map(({ text }) => text)).toEqual(['new', '']);
  });

  test('that is a new version takes the place of its sibling and what followed', () => {
    const state = applyThreadEvent(opened({}, {}, {}, {}), {
      type: 'message',
      message: createMessage({ id: 'v2', parentId: 'm0', role: 'assistant' }),
    });
    expect(state.messages.map(({ id }) => id)).toEqual(['m0', 'v2']);
  });

  test('that is a new version of the first question leaves nothing before it', () => {
    const state = applyThreadEvent(opened({}, {}), { type: 'message', message: createMessage({ id: 'v2' }) });
    expect(state.messages.map(({ id }) => id)).toEqual(['v2']);
  });

  test('whose parent was never seen asks for a new snapshot', () => {
    const state = applyThreadEvent(opened({}, {}), {
      type: 'message',
      message: createMessage({ id: 'n', parentId: '?' }),
    });
    expect(state.outOfStep).toBe(true);
  });

  test('that has ended has no progress any more', () => {
    const running = applyThreadEvent(opened({}, { state: 'running' }), delta('m1', 0, 'A'));
    expect(runningMessage(running)?.id).toBe('m1');
    const ended = applyThreadEvent(running, {
      type: 'message',
      message: createMessage({ id: 'm1', parentId: 'm0', text: 'A' }),
    });
    expect(ended.progress).toBeNull();
    expect(runningMessage(ended)).toBeUndefined();
  });
});

describe('older messages', () => {
  test('are put before the others once, whatever comes twice', () => {
    const all = chain({}, {}, {});
    const opening = applyThreadEvent(emptyThread, snapshot(all.slice(1), { hasEarlier: true }));
    const state = applyEarlier(opening, 'm1', { messages: all.slice(0, 2), hasEarlier: false });
    expect(state.messages.map(({ id }) => id)).toEqual(['m0', 'm1', 'm2']);
    expect(state).toMatchObject({ hasEarlier: false, prepended: true });
  });

  test('that were asked for before the branch changed are dropped', () => {
    const state = opened({}, {});
    expect(applyEarlier(state, 'other', { messages: chain({}), hasEarlier: true })).toBe(state);
  });
});

test('a removed conversation shows nothing of what it held', () => {
  expect(applyThreadEvent(opened({}, {}), { type: 'removed' })).toMatchObject({ phase: 'removed', messages: [] });
});

describe('whatever arrives', () => {
  const piece = fc.string({ minLength: 1, maxLength: 6 });

  test('an answer cut into any pieces, some of them sent twice, is the answer', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ text: piece, twice: fc.boolean() }), { maxLength: 30 }), (pieces) => {
        let offset = 0;
        const events = pieces.flatMap(({ text, twice }) => {
          const event = delta('m1', offset, text);
          offset += text.length;
          return twice ? [event, event] : [event];
        });
        const state = applyThreadEvents(opened({}, { state: 'running' }), events);
        expect(state.messages[1]?.text).toBe(pieces.map(({ text }) => text).join(''));
        expect(state.outOfStep).toBe(false);
      }),
    );
  });

  test('a lost piece is always noticed, and never shown as a text that was not written', () => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 2, maxLength: 20 }), fc.nat(), (pieces, seed) => {
        const lost = seed % (pieces.length - 1);
        const whole = pieces.join('');
        const events = pieces.map((text, index) => delta('m1', pieces.slice(0, index).join('').length, text));
        const state = applyThreadEvents(opened({}, { state: 'running' }), events.toSpliced(lost, 1));
        expect(whole.startsWith(state.messages[1]?.text ?? '?')).toBe(true);
        expect(state.outOfStep).toBe(true);
      }),
    );
  });

  test('joining deltas changes nothing in the result', () => {
    const event = fc.record({
      id: fc.constantFrom('m1', 'm3'),
      offset: fc.nat(12),
      text: fc.stringMatching(/^[ab]{1,4}$/),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 25 }), (drawn) => {
        const events = drawn.map(({ id, offset, text }) => delta(id, offset, text));
        const start = opened({}, { text: 'ab' }, {}, { text: 'ba' });
        const oneByOne = events.reduce<ThreadState>(applyThreadEvent, start);
        const joined = applyThreadEvents(start, events);
        expect(joined.outOfStep).toBe(oneByOne.outOfStep);
        if (!joined.outOfStep) expect(joined.messages).toEqual(oneByOne.messages);
        expect(mergeDeltas(events).length).toBeLessThanOrEqual(events.length);
      }),
    );
  });
});
