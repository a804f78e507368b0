import { describe, expect, test } from 'vitest';

import {
  applyAsking,
  applyThreadEvent,
  applyThreadEvents,
  emptyThread,
  shownMessages,
  type ThreadState,
} from '../../../renderer/chat/thread-state.ts';
import type { Message, ThreadEvent } from '../../../shared/contract/index.ts';
import { createMessage, createScriptedChat } from './scripted-chat.ts';

const { conversation } = createScriptedChat();

function snapshot(...messages: Message[]): ThreadEvent {
  return { type: 'snapshot', conversation, messages, hasEarlier: false, progress: null };
}

const first = createMessage({ id: 'm1', text: 'Hello' });
const second = createMessage({ id: 'm2', parentId: 'm1', role: 'assistant', text: 'Hi' });
const question = createMessage({ id: 'm3', parentId: 'm2', text: 'And?' });
const reply = createMessage({ id: 'm4', parentId: 'm3', role: 'assistant', state: 'running' });

const opened = (): ThreadState => applyThreadEvent(emptyThread, snapshot(first, second));
const places = (state: ThreadState): string[] => shownMessages(state).map(({ id }) => state.places.get(id) ?? id);

describe('a question on its way', () => {
  test('is shown at the end, with a place for its answer', () => {
    const state = applyAsking(opened(), 'And?');
    expect(shownMessages(state)).toMatchObject([
      { text: 'Hello' },
      { text: 'Hi' },
      { role: 'user', text: 'And?' },
      { role: 'assistant', text: '', state: 'running' },
    ]);
    expect(state.messages).toHaveLength(2);
  });

  test('leaves its place on the screen to the stored one, and so does the answer', () => {
    const asked = applyAsking(opened(), 'And?');
    const half = applyThreadEvent(asked, { type: 'message', message: question });
    expect(places(half)).toEqual(places(asked));
    expect(shownMessages(half)[2]).toBe(question);
    const whole = applyThreadEvent(half, { type: 'message', message: reply });
    expect(places(whole)).toEqual(places(asked));
    expect(shownMessages(whole).map(({ id }) => id)).toEqual(['m1', 'm2', 'm3', 'm4']);
    expect(whole.asking).toBeNull();
  });

  test('finds its stored one in a snapshot as well, also the first of a conversation', () => {
    const asked = applyAsking({ ...emptyThread, phase: 'ready' }, 'Hello');
    const state = applyThreadEvent(asked, snapshot(first, { ...second, state: 'running' }));
    expect(places(state)).toEqual(places(asked));
    expect(state.asking).toBeNull();
  });

  test('stays behind what another window does meanwhile', () => {
    const asked = applyAsking(opened(), 'And?');
    const state = applyThreadEvents(asked, [
      { type: 'message', message: { ...second, text: 'Hi!' } },
      { type: 'progress', messageId: 'm2', progress: { phase: 'starting' } },
    ]);
    expect(shownMessages(state).map(({ text }) => text)).toEqual(['Hello', 'Hi!', 'And?', '']);
  });

  test('is not shown where the end of the thread is not known yet', () => {
    expect(shownMessages(applyAsking(emptyThread, 'And?'))).toEqual([]);
  });
});
