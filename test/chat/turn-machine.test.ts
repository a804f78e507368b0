import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { advanceTurn, beginTurn, isEnded, type TurnEffect, type TurnEvent } from '../../electron/chat/turn-machine.ts';

const facts = { modelName: 'Main', startedAtMs: 1000, hasText: false };

const count = fc.nat(1000);
const event: fc.Arbitrary<TurnEvent> = fc.oneof(
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
  let turn = beginTurn({ ...facts, hasText });
  const effects: TurnEffect[] = [];
  for (const each of all) {
    const step = advanceTurn(turn, each);
    turn = step.turn;
    effects.push(...step.effects);
  }
  return { turn, effects };
}

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

  test('says nothing about its progress once the first word is there, and then answers', () => {
    fc.assert(
      fc.property(events, (all) => {
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
    expect(play([restarting]).effects).toEqual([{ type: 'progress', progress: { phase: 'restarting' } }]);
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
