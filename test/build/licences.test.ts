import { expect, it } from 'vitest';

import { findLicenceProblems, isAllowedLicence, shippedPackages } from '../../build/scripts/checks/licences.mjs';

it.each([
  'MIT',
  '(MIT)',
  'MIT OR GPL-3.0',
  '(GPL-2.0 OR (ISC AND MIT))',
  'MIT AND Apache-2.0',
  'GPL-2.0 AND ISC OR MIT',
])('%s may ship', (expression) => {
  expect(isAllowedLicence(expression)).toBe(true);
});

it.each([
  'GPL-3.0',
  'UNLICENSED',
  'SEE LICENSE IN LICENSE.md',
  '',
  '()',
  'MIT AND GPL-2.0',
  'MIT AND (GPL-2.0 OR SSPL-1.0)',
  'GPL-2.0 OR ISC AND SSPL-1.0',
  'MIT GPL-3.0',
  '(MIT',
  'MIT)',
  'OR MIT',
  'mit',
])('%s may not ship', (expression) => {
  expect(isAllowedLicence(expression)).toBe(false);
});

it('what is only for development does not ship, what is optional may', () => {
  const packages: Record<string, { dev?: boolean; link?: boolean; optional?: boolean }> = {
    '': {},
    'build/absent': {},
    'node_modules/shipped': {},
    'node_modules/native-mac': { optional: true },
    'node_modules/tool': { dev: true },
    'node_modules/absent': { link: true },
  };
  expect(shippedPackages({ packages })).toEqual(['node_modules/shipped', 'node_modules/native-mac']);
});

it('a package without a licence we may ship is named', () => {
  const found = findLicenceProblems(
    [
      { name: 'fine', licence: 'MIT' },
      { name: 'wrong', licence: 'SSPL-1.0' },
      { name: 'silent', licence: undefined },
      { name: 'old-style', licence: { type: 'MIT' } },
    ],
    {},
  );
  expect(found).toEqual(['wrong', 'silent', 'old-style'].map((name) => expect.stringMatching(new RegExp(`^${name} `))));
});

it('an exception holds as long as it is needed and no longer', () => {
  const exceptions = { silent: 'read: MIT' };
  expect(findLicenceProblems([{ name: 'silent', licence: undefined }], exceptions)).toEqual([]);
  expect(findLicenceProblems([{ name: 'silent', licence: 'MIT' }], exceptions)).toEqual([
    expect.stringContaining('silent'),
  ]);
});
