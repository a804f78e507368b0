import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

import { findDrift, findLockProblems, withoutMacHalf } from '../../build/scripts/checks/lock-file.mjs';
import { findNpmSettingProblems } from '../../build/scripts/checks/words.mjs';

const repository = path.resolve(import.meta.dirname, '../..');
const locked = { version: '1.0.0', integrity: 'sha512-x' };

function problemsOf(packages: Record<string, object>, exceptions: Record<string, string> = {}): string[] {
  const text = JSON.stringify({ lockfileVersion: 3, packages }, null, 2);
  return findLockProblems(text, exceptions).map(({ rule, message }) => `${rule} ${message}`);
}

it('a lock file with checksums, no hosts and both halves is fine', () => {
  expect(
    problemsOf({
      '': { name: 'clawdbot', version: '0.1.0' },
      'node_modules/tool': locked,
      'node_modules/@tool/linux-x64-gnu': locked,
      'node_modules/@tool/linux-x64-musl': locked,
      'node_modules/@tool/darwin-arm64': locked,
      'node_modules/@engine/linux-x64': locked,
      'node_modules/@engine/mac-arm64-metal': locked,
      'node_modules/absent': { resolved: 'build/absent', link: true },
    }),
  ).toEqual([]);
});

it.each([
  'https://packages.example.org/tool.tgz',
  'http://127.0.0.1:4873/tool.tgz',
  'git+ssh://git@example.org/tool.git',
])('a package locked to %s is refused', (resolved) => {
  expect(problemsOf({ 'node_modules/tool': { ...locked, resolved } })).toEqual([expect.stringContaining('lock-host')]);
});

it('a package without a checksum is refused', () => {
  expect(problemsOf({ 'node_modules/tool': { version: '1.0.0' } })).toEqual([
    expect.stringContaining('lock-integrity'),
  ]);
});

it('a Linux half without its macOS half is refused, and so is one of another version', () => {
  expect(problemsOf({ 'node_modules/@tool/linux-x64-gnu': locked })).toEqual([expect.stringContaining('mac-half')]);
  expect(problemsOf({ 'node_modules/tool-linux-x64': locked, 'node_modules/other-darwin-arm64': locked })).toEqual([
    expect.stringContaining('mac-half'),
  ]);
  const older = { ...locked, version: '0.9.0' };
  expect(problemsOf({ 'node_modules/tool-linux-x64': locked, 'node_modules/tool-darwin-arm64': older })).toEqual([
    expect.stringContaining('mac-half'),
  ]);
});

it('a missing half may be an exception, and an exception may not outlive its reason', () => {
  const reason = { 'node_modules/tool-linux-x64': 'not needed there' };
  expect(problemsOf({ 'node_modules/tool-linux-x64': locked }, reason)).toEqual([]);
  const both = { 'node_modules/tool-linux-x64': locked, 'node_modules/tool-darwin-arm64': locked };
  expect(problemsOf(both, reason)).toEqual([expect.stringContaining('stale-exception')]);
  expect(problemsOf({}, reason)).toEqual([expect.stringContaining('stale-exception')]);
});

it('what a package asks for must be locked, beside it or further up', () => {
  const parent = { ...locked, dependencies: { near: '1', far: '1' }, optionalDependencies: { 'half-mac': '1' } };
  const complete = {
    'node_modules/top': locked,
    'node_modules/far': locked,
    'node_modules/half-mac': locked,
    'node_modules/top/node_modules/@scope/parent': parent,
    'node_modules/top/node_modules/near': locked,
  };
  expect(problemsOf(complete)).toEqual([]);
  for (const missing of ['node_modules/far', 'node_modules/half-mac', 'node_modules/top/node_modules/near']) {
    const left = Object.fromEntries(Object.entries(complete).filter(([name]) => name !== missing));
    expect(problemsOf(left), missing).toEqual([
      expect.stringMatching(/^lock-incomplete node_modules\/top\/.*: (near|far|half-mac)\. /),
    ]);
  }
  expect(problemsOf({ '': { dependencies: { tool: '1' } } })).toEqual([
    expect.stringContaining('lock-incomplete the project asks'),
  ]);
});

it('package.json may not ask for something else than what is locked', () => {
  const lock = JSON.stringify({ packages: { '': { dependencies: { a: '1', b: '1' }, devDependencies: { c: '1' } } } });
  expect(findDrift(lock, '{"dependencies":{"a":"1","b":"1"},"devDependencies":{"c":"1"}}')).toEqual([]);
  expect(findDrift(lock, '{"dependencies":{"a":"2","d":"1"},"optionalDependencies":{"c":"1"}}').toSorted()).toEqual([
    'a',
    'b',
    'c',
    'c',
    'd',
  ]);
});

it('a problem is reported at the line of its package', () => {
  const text = JSON.stringify({ packages: { 'node_modules/a': locked, 'node_modules/b': { version: '1' } } }, null, 2);
  const [problem] = findLockProblems(text, {});
  expect(text.split('\n')[(problem?.line ?? 0) - 1]).toContain('node_modules/b');
});

it('the exceptions only shrink: lower this number when one goes', () => {
  expect(Object.keys(withoutMacHalf).length).toBeLessThanOrEqual(4);
});

it('packages may not run code while they are installed', () => {
  expect(findNpmSettingProblems(readFileSync(path.join(repository, '.npmrc'), 'utf8'))).toEqual([]);
  expect(findNpmSettingProblems('save-exact=true\n')).toEqual([expect.objectContaining({ rule: 'install-scripts' })]);
  expect(findNpmSettingProblems('ignore-scripts=false\n')).toEqual([
    expect.objectContaining({ rule: 'install-scripts' }),
  ]);
});

it.each(['registry=https://packages.example.org/', '@scope:registry=x', '//host/:_authToken=x', '//host/:_password=x'])(
  'npm settings may not hold %s',
  (line) => {
    const problems = findNpmSettingProblems(`ignore-scripts=true\n${line}\n`);
    expect(problems).toEqual([expect.objectContaining({ rule: 'npm-settings', line: 2 })]);
  },
);
