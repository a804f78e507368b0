import { describe, expect, test } from 'vitest';
import { examineEnd, explainExit, type EngineEnd, type OpenWork } from '../../electron/engine/post-mortem.ts';

const crash: EngineEnd = { cause: 'crash', reason: 'signal SIGSEGV', native: true };
const load = (id: number, modelId: string, stage: OpenWork['stage'] = 'begun'): OpenWork => ({
  id,
  kind: 'load',
  modelId,
  stage,
});
const answer = (id: number, modelId: string, stage: OpenWork['stage'] = 'begun'): OpenWork => ({
  ...load(id, modelId, stage),
  kind: 'generate',
});

describe('an exit', () => {
  test.each([
    [{ code: null, signal: 'SIGSEGV' }, 'crash', true],
    [{ code: null, signal: 'SIGABRT' }, 'crash', true],
    [{ code: 134, signal: null }, 'crash', true],
    [{ code: -1_073_741_819, signal: null }, 'crash', true],
    [{ code: 1, signal: null }, 'crash', false],
    [{ code: null, signal: 'SIGTERM' }, 'ended', false],
    [{ code: null, signal: 'SIGKILL' }, 'memory', false],
  ] as const)('%j is a %s', (exit, cause, native) => {
    expect(explainExit(exit)).toMatchObject({ cause, native });
  });

  test.each([
    'terminate called after throwing an instance of std::bad_alloc',
    'ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer of size 123',
    'ggml_aligned_malloc: insufficient memory (attempted to allocate 9 MB)',
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
  ])('after "%s" is for want of memory', (line) => {
    const exit = { code: null, signal: 'SIGABRT' };
    expect(explainExit({ ...exit, lastLines: ['before', line, 'after'] }).cause).toBe('memory');
    expect(explainExit({ ...exit, lastLines: ['before', 'after'] }).cause).toBe('crash');
  });
});

describe('the blame', () => {
  const blamed = (work: readonly OpenWork[], end = crash): string | undefined => examineEnd(end, work).blamedModelId;

  test('is on the model that was loading, or the only one that was calculated', () => {
    expect(blamed([load(1, 'a')])).toBe('a');
    expect(blamed([load(1, 'a'), answer(2, 'b')])).toBe('a');
    expect(blamed([answer(1, 'a'), answer(2, 'a')])).toBe('a');
    expect(blamed([answer(1, 'a'), answer(2, 'b', 'waiting'), answer(3, 'c', 'sent')])).toBe('a');
  });

  test('is on nobody when it could have been several, or none', () => {
    expect(blamed([])).toBeUndefined();
    expect(blamed([answer(1, 'a'), answer(2, 'b')])).toBeUndefined();
    expect(blamed([answer(1, 'a', 'sent')])).toBeUndefined();
    expect(blamed([{ ...load(1, 'a'), kind: 'unload' }])).toBeUndefined();
    expect(blamed([answer(1, 'a')], { ...crash, cause: 'ended' })).toBeUndefined();
  });

  test('spares every question but the only one that was worked at', () => {
    const alone = examineEnd(crash, [answer(1, 'a'), answer(2, 'a', 'waiting'), answer(3, 'a', 'sent')]);
    expect([1, 2, 3].map(alone.isBystander)).toEqual([false, true, true]);
    const several = examineEnd(crash, [answer(1, 'a'), answer(2, 'a')]);
    expect([1, 2].map(several.isBystander)).toEqual([true, true]);
  });
});
