import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tryEngineReport } from '../../electron/engine/engine-report.ts';
import type { EngineReport } from '../../shared/model/engine-protocol.ts';

const usage = { promptTokens: 3, cachedTokens: 2, replyTokens: 1 };
const reports: EngineReport[] = [
  { type: 'ready' },
  { type: 'unavailable', reason: 'No.' },
  { type: 'loading', id: 1, fraction: 0.5 },
  { type: 'loaded', id: 1, contextTokens: 8192, memoryBytes: 1 },
  { type: 'unloaded', id: 1 },
  { type: 'queued', id: 1, ahead: 0 },
  { type: 'reading', id: 1, readTokens: 1, cachedTokens: 0, totalTokens: 2 },
  { type: 'text', id: 1, text: 'Hi', tokens: 1, atMs: 1.5 },
  { type: 'finished', id: 1, finish: 'stop', usage },
  { type: 'failed', id: 1, error: { code: 'CONTEXT_FULL', neededTokens: 2, contextTokens: 1 } },
  { type: 'memory', residentBytes: 1 },
];

test('every report of the protocol is understood', () => {
  for (const report of reports) expect(tryEngineReport(report)).toEqual(report);
});

test('anything else is not, and nothing makes it throw', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(tryEngineReport(value)).toBeUndefined();
    }),
  );
});

test('a report with one field of the wrong kind is not believed', () => {
  const changed = fc
    .constantFrom(...reports)
    .chain((report) => fc.constantFrom(...Object.keys(report)).map((key) => ({ ...report, [key]: { not: 'this' } })));
  fc.assert(
    fc.property(changed, (value) => {
      expect(tryEngineReport(value)).toBeUndefined();
    }),
  );
  expect(tryEngineReport({ type: 'loading', id: 1, fraction: 7 })).toBeUndefined();
  expect(tryEngineReport({ type: 'text', id: 1, text: 'x'.repeat(200_000), tokens: 1, atMs: 1 })).toBeUndefined();
  expect(tryEngineReport({ type: 'memory', residentBytes: -1 })).toBeUndefined();
});
