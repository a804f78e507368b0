import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

import { describeStep, runChecks, summariseSteps } from '../../build/scripts/checks/steps.mjs';
import { smallTree } from './small-tree.ts';

const scripts = path.resolve(import.meta.dirname, '../../build/scripts');

function runScript(name: string, root: string): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(scripts, name), root], {
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

const inOrder = {
  'README.md': '# Title\n[code](electron/core.ts)',
  '.npmrc': 'ignore-scripts=true\n',
  'package-lock.json': '{"lockfileVersion":3,"packages":{}}',
  'electron/core.ts': 'export const core = 1;',
};

it('each script is content with a tree in order, and names what is not', () => {
  using good = smallTree(inOrder);
  for (const name of ['check-layers.mjs', 'check-links.mjs']) {
    expect(runScript(name, good.root), name).toMatchObject({ status: 0 });
  }
  using bad = smallTree({
    ...inOrder,
    'README.md': `[gone](gone.md)\nuse ${['registry', 'example', 'org'].join('.')}`,
    '.npmrc': '',
    'electron/core.ts': "import './shell/window.ts';",
    'electron/shell/window.ts': '',
  });
  const layers = runScript('check-layers.mjs', bad.root);
  expect(layers.status).toBe(1);
  expect(layers.output).toContain('electron/core.ts:1  layer: electron/core may not import electron/shell/window.ts');
  const links = runScript('check-links.mjs', bad.root);
  expect(links.status).toBe(1);
  expect(links.output).toContain('README.md:1  dead-link');
  const rest = runScript('check-repository.mjs', bad.root);
  expect(rest.status).toBe(1);
  expect(rest.output).toContain('README.md:2  registry-host');
  expect(rest.output).toContain('.npmrc:1  install-scripts');
});

it('what git ignores is not looked at, what it does not track yet is', () => {
  using tree = smallTree({
    ...inOrder,
    '.gitignore': 'node_modules/\n',
    'node_modules/package/README.md': '[gone](gone.md)',
    'docs/new.md': '[gone](gone.md)',
  });
  spawnSync('git', ['init', '-q', tree.root]);
  const { status, output } = runScript('check-links.mjs', tree.root);
  expect(status).toBe(1);
  expect(output).toContain('docs/new.md:1');
  expect(output).not.toContain('node_modules');
});

it('all steps run, whatever the others say, and the failed ones show what they said', async () => {
  const step = (name: string, code: string) => ({ name, says: `what ${name} says`, args: ['-e', code] });
  const seen: string[] = [];
  const results = await runChecks(
    (result) => seen.push(describeStep(result)),
    [
      step('first', "console.log('it is broken'); process.exitCode = 2;"),
      step('second', ''),
      step('third', "throw new Error('crashed')"),
    ],
  );
  expect(results.map(({ name, passed }) => [name, passed]).toSorted()).toEqual([
    ['first', false],
    ['second', true],
    ['third', false],
  ]);
  expect(seen.find((text) => text.includes('first'))).toMatch(/FAILED {2}first[^]*it is broken/);
  expect(seen.find((text) => text.includes('second'))).toMatch(/^passed/);
  expect(summariseSteps(results)).toMatch(/^2 of 3 checks failed: (first, third|third, first)\.$/);
  expect(summariseSteps(results.filter(({ passed }) => passed))).toBe('All 1 checks passed.');
});
