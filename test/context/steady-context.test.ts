import fc from 'fast-check';
import { expect, test } from 'vitest';

import { steadyContext } from '../../electron/context/steady-context.ts';

const tokens = fc.integer({ min: 512, max: 131_072 });

test('a conversation is never planned for more than its model can hold', () => {
  fc.assert(
    fc.property(fc.option(tokens, { nil: undefined }), tokens, (planned, possible) => {
      expect(steadyContext(planned, possible)).toBeLessThanOrEqual(possible);
    }),
  );
});

test('small changes of the free memory change nothing', () => {
  fc.assert(
    fc.property(
      tokens,
      fc.array(fc.double({ min: 0.9, max: 1.1, noNaN: true }), { maxLength: 20 }),
      (usual, changes) => {
        let planned = steadyContext(steadyContext(undefined, usual), Math.floor(usual * 0.89));
        for (const change of changes) {
          const next = steadyContext(planned, Math.floor(usual * change));
          expect(next).toBe(planned);
          planned = next;
        }
      },
    ),
  );
});

test('a much longer context is used', () => {
  expect(steadyContext(4096, 8192)).toBe(8192);
  expect(steadyContext(4096, 5000)).toBe(4096);
});
