import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  advanceTurn,
  createTurn,
  isEnded,
  type Turn,
  type TurnEffect,
  type TurnEvent,
  type TurnPhase,
} from '../../electron/chat/turn-machine.ts';

const asked: TurnEvent = { type: 'asked', atMs: 1000 };

const count = fc.nat(1000);
const callId = fc.constantFrom('one', 'two');
const event: fc.Arbitrary<TurnEvent> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.oneof(
      fc.record({ type: fc.constant('toolCalled' as const), callId, toolName: fc.constantFrom('mail', 'files') }),
      fc.record({ type: fc.constantFrom('permissionNeeded' as const, 'toolAnswered' as const), callId }),
      fc.record({ type: fc.constant('permissionAnswered' as const), callId, allowed: fc.boolean() }),
    ),
  },
  fc.record({ type: fc.constant('thought' as const), text: fc.string({ maxLength: 4 }), atMs: count }),
  fc.constantFrom<TurnEvent>(
    { type: 'asked', atMs: 3 },
    { type: 'routing' },
    { type: 'routed', modelName: 'Other' },
    { type: 'engine', progress: { phase: 'restarting' } },
    { type: 'engine', progress: { phase: 'growing', contextTokens: 16_384 } },
    { type: 'digesting', step: 'reading', part: 1, parts: 3 },
    { type: 'digesting', step: 'joining', part: 1, parts: 1 },
  ),
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('text' as const),
      text: fc.string({ unit: 'binary', maxLength: 8 }),
      atMs: count,
    }),
  },
  // Halves of characters, alone and across pieces.
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('\ud83d', '\udc4d', 'a\ud83d', '\udc4db')
      .map((text) => ({ type: 'text' as const, text, atMs: 5 })),
  },
  fc.record({
    type: fc.constant('engine' as const),
    progress: fc.record({ phase: fc.constant('queued' as const), ahead: count }),
  }),
  fc.record({
    type: fc.constant('engine' as const),
    progress: fc.record({ phase: fc.constant('loading' as const), fraction: fc.double({ noNaN: true }) }),
  }),
  fc.record({
    type: fc.constant('engine' as const),
    progress: fc.record({
      phase: fc.constant('reading' as const),
      readTokens: count,
      cachedTokens: count,
      totalTokens: count,
    }),
  }),
  fc.record({ type: fc.constant('prompted' as const), omittedMessages: count }),
  fc.record({
    type: fc.constant('finished' as const),
    usage: fc.record({ promptTokens: count, cachedTokens: count, replyTokens: count }),
    atMs: count,
  }),
  fc.constantFrom<TurnEvent>({ type: 'cut' }, { type: 'stopped' }, { type: 'closing' }),
  fc
    .constantFrom('ENGINE_CRASHED' as const, 'INTERNAL' as const, 'CANCELLED' as const, 'DISK_FULL' as const)
    .map((code) => ({
      type: 'failed' as const,
      error: { code, message: code, data: {} },
    })),
);
const events = fc.array(event, { maxLength: 30 });

function play(all: readonly TurnEvent[], hasText = false) {
  let turn = createTurn({ modelName: 'Main', hasText });
  const effects: TurnEffect[] = [];
  const phases: TurnPhase[] = [turn.phase];
  for (const each of [asked, ...all]) {
    const step = advanceTurn(turn, each);
    turn = step.turn;
    effects.push(...step.effects);
    if (turn.phase !== phases.at(-1)) phases.push(turn.phase);
  }
  return { turn, effects, phases };
}

const endings: readonly TurnPhase[] = ['done', 'stopped', 'interrupted', 'failed'];

describe('a turn', () => {
  test('ends once, and nothing comes after its end', () => {
    fc.assert(
      fc.property(events, (all) => {
        const { turn, effects } = play(all);
        const ends = effects.filter(({ type }) => type === 'end');
        expect(ends.length).toBe(isEnded(turn) ? 1 : 0);
        if (ends.length === 1) expect(effects.at(-1)?.type).toBe('end');
      }),
    );
  });

  test('changes nothing before it was asked', () => {
    const idle = createTurn({ modelName: 'Main', hasText: false });
    fc.assert(
      fc.property(event, (early) => {
        fc.pre(early.type !== 'asked');
        expect(advanceTurn(idle, early)).toEqual({ turn: idle, effects: [] });
      }),
    );
  });

  test('is told to store each state that it enters, once and in order', () => {
    fc.assert(
      fc.property(events, (all) => {
        const { effects, phases } = play(all);
        const stored = effects.flatMap((effect) => {
          if (effect.type === 'enter') return [effect.progress.phase];
          return effect.type === 'end' ? [effect.outcome.state] : [];
        });
        // A reply that is stored as running is starting.
        expect(['idle', 'starting', ...stored]).toEqual(phases);
      }),
    );
  });

  test('stores what it does before it shows it', () => {
    fc.assert(
      fc.property(events, (all) => {
        let stored: TurnPhase = 'starting';
        for (const effect of play(all).effects) {
          if (effect.type === 'enter') stored = effect.progress.phase;
          if (effect.type === 'progress') expect(effect.progress.phase).toBe(stored);
        }
      }),
    );
  });

  test('reaches every state, and from every state its end', () => {
    const alphabet: readonly TurnEvent[] = [
      asked,
      { type: 'routing' },
      { type: 'routed', modelName: 'Other' },
      { type: 'engine', progress: { phase: 'queued', ahead: 1 } },
      { type: 'engine', progress: { phase: 'growing', contextTokens: 16_384 } },
      { type: 'engine', progress: { phase: 'restarting' } },
      { type: 'engine', progress: { phase: 'loading', fraction: 0.5 } },
      { type: 'engine', progress: { phase: 'reading', readTokens: 1, cachedTokens: 0, totalTokens: 2 } },
      { type: 'digesting', step: 'reading', part: 1, parts: 2 },
      { type: 'thought', text: 'hm', atMs: 1 },
      { type: 'text', text: 'word', atMs: 2 },
      { type: 'toolCalled', callId: 'one', toolName: 'mail' },
      { type: 'permissionNeeded', callId: 'one' },
      { type: 'permissionAnswered', callId: 'one', allowed: true },
      { type: 'toolAnswered', callId: 'one' },
      { type: 'finished', usage: { promptTokens: 1, cachedTokens: 0, replyTokens: 1 }, atMs: 3 },
      { type: 'stopped' },
      { type: 'cut' },
      { type: 'failed', error: { code: 'INTERNAL', message: '', data: {} } },
    ];
    const every: Readonly<Record<TurnPhase, true>> = {
      idle: true,
      starting: true,
      routing: true,
      queued: true,
      restarting: true,
      growing: true,
      loading: true,
      reading: true,
      digesting: true,
      thinking: true,
      answering: true,
      callingTool: true,
      waitingForPermission: true,
      done: true,
      stopped: true,
      interrupted: true,
      failed: true,
    };
    const reached = new Map<TurnPhase, Turn>();
    const look = (turn: Turn): void => {
      if (reached.has(turn.phase)) return;
      reached.set(turn.phase, turn);
      for (const each of alphabet) look(advanceTurn(turn, each).turn);
    };
    look(createTurn({ modelName: 'Main', hasText: false }));
    expect([...reached.keys()].toSorted()).toEqual(Object.keys(every).toSorted());
    for (const turn of reached.values()) {
      if (turn.phase === 'idle' || endings.includes(turn.phase)) continue;
      for (const last of alphabet.filter(({ type }) => ['finished', 'stopped', 'cut', 'failed'].includes(type))) {
        expect(isEnded(advanceTurn(turn, last).turn)).toBe(true);
      }
    }
  });

  test('calls a tool only when the person allows it where that is asked, and reads on after the last result', () => {
    const call: TurnEvent = { type: 'toolCalled', callId: 'one', toolName: 'mail' };
    const other: TurnEvent = { type: 'toolCalled', callId: 'two', toolName: 'files' };
    const needed: TurnEvent = { type: 'permissionNeeded', callId: 'one' };
    const answered = (allowed: boolean): TurnEvent => ({ type: 'permissionAnswered', callId: 'one', allowed });
    const done: TurnEvent = { type: 'toolAnswered', callId: 'two' };
    const waiting = { phase: 'waitingForPermission', toolName: 'mail' };
    expect(play([call, needed]).turn.progress).toEqual(waiting);
    expect(play([call, other, needed, done]).turn.progress).toEqual(waiting);
    expect(play([call, other, needed, answered(true)]).turn.progress).toEqual({
      phase: 'callingTool',
      toolName: 'mail',
    });
    expect(play([call, other, needed, answered(false)]).turn.progress).toEqual({
      phase: 'callingTool',
      toolName: 'files',
    });
    expect(play([call, other, needed, answered(false), done]).turn.progress).toEqual({ phase: 'queued', ahead: 0 });
    const reading: TurnEvent = {
      type: 'engine',
      progress: { phase: 'reading', readTokens: 1, cachedTokens: 0, totalTokens: 2 },
    };
    expect(play([call, reading]).turn.phase).toBe('callingTool');
    expect(play([call, needed, answered(false), reading]).turn.phase).toBe('reading');
  });

  test('writes down exactly what was said until then, in whole characters', () => {
    fc.assert(
      fc.property(events, (all) => {
        const { turn, effects } = play(all);
        const endAt = all.findIndex(({ type }) => ['finished', 'cut', 'stopped', 'closing', 'failed'].includes(type));
        const heard = endAt < 0 ? all : all.slice(0, endAt);
        const said = heard.map((each) => (each.type === 'text' ? each.text : '')).join('');
        const written = effects.map((effect) => (effect.type === 'append' ? effect.text : '')).join('');
        for (const effect of effects) {
          if (effect.type === 'append') expect(effect.text.isWellFormed() && effect.text !== '').toBe(true);
        }
        expect((written + turn.half).toWellFormed()).toBe(said.toWellFormed());
      }),
    );
  });

  test('without tools says nothing about the engine once the first word is there, and then answers', () => {
    fc.assert(
      fc.property(events, (every) => {
        const all = every.filter(({ type }) => !['toolCalled', 'thought', 'digesting'].includes(type));
        const { effects, turn } = play(all);
        const firstWord = effects.findIndex(({ type }) => type === 'append');
        const lastProgress = effects.findLastIndex(({ type }) => type === 'progress');
        if (firstWord >= 0) expect(lastProgress).toBeLessThan(firstWord);
        if (turn.firstWordAtMs !== null) expect(turn.progress).toEqual({ phase: 'answering' });
        for (const effect of effects) {
          if (effect.type !== 'progress' || effect.progress.phase !== 'loading') continue;
          expect(effect.progress.fraction).toBeGreaterThanOrEqual(0);
          expect(effect.progress.fraction).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('says which part of a document is read, before the words and between them', () => {
    const part = (at: number): TurnEvent => ({ type: 'digesting', step: 'translating', part: at, parts: 2 });
    const queued: TurnEvent = { type: 'engine', progress: { phase: 'queued', ahead: 1 } };
    const { phases, turn } = play([part(1), { type: 'text', text: 'One.', atMs: 1 }, part(2), queued, part(2)]);
    expect(phases).toEqual(['idle', 'starting', 'digesting', 'answering', 'digesting', 'queued', 'digesting']);
    expect(turn.progress).toEqual({ phase: 'digesting', step: 'translating', part: 2, parts: 2 });
    const call: TurnEvent = { type: 'toolCalled', callId: 'one', toolName: 'mail' };
    expect(play([call, part(1)]).turn.phase).toBe('callingTool');
  });

  test('has numbers that can be stored only when it was finished', () => {
    fc.assert(
      fc.property(events, (all) => {
        const end = play(all).effects.at(-1);
        if (end?.type !== 'end') return;
        expect(end.outcome.stats === null).toBe(end.outcome.state !== 'done');
        for (const value of Object.values(end.outcome.stats ?? {})) {
          expect(Number.isFinite(value)).toBe(true);
          expect(value).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  test('says that the engine is started again, but not over words that are there', () => {
    const restarting: TurnEvent = { type: 'engine', progress: { phase: 'restarting' } };
    expect(play([restarting]).effects).toEqual([
      { type: 'enter', progress: { phase: 'restarting' } },
      { type: 'progress', progress: { phase: 'restarting' } },
    ]);
    const word: TurnEvent = { type: 'text', text: 'word', atMs: 1 };
    expect(play([word, restarting]).effects).toEqual(play([word]).effects);
  });

  test.each<[string, boolean, TurnEvent, string]>([
    [
      'crashed before a word',
      false,
      { type: 'failed', error: { code: 'ENGINE_CRASHED', message: '', data: {} } },
      'failed',
    ],
    [
      'crashed while it was continued',
      true,
      { type: 'failed', error: { code: 'ENGINE_CRASHED', message: '', data: {} } },
      'interrupted',
    ],
    ['was stopped', true, { type: 'stopped' }, 'stopped'],
    ['was closed', true, { type: 'closing' }, 'interrupted'],
    ['was cut', true, { type: 'cut' }, 'interrupted'],
    ['ran out of disk', true, { type: 'failed', error: { code: 'DISK_FULL', message: '', data: {} } }, 'failed'],
  ])('that %s ends accordingly', (_, hasText, last, state) => {
    expect(play([last], hasText).effects).toMatchObject([{ type: 'end', outcome: { state } }]);
  });
});
