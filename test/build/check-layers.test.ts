import { describe, expect, it } from 'vitest';

import { findCycles } from '../../build/scripts/layers/cycles.mjs';
import { layerExceptions } from '../../build/scripts/layers/exceptions.mjs';
import { findLayerProblems } from '../../build/scripts/layers/find-problems.mjs';
import { smallTree } from './small-tree.ts';

/** A tree that keeps every rule; each test adds one violation to it. */
const clean: Readonly<Record<string, string>> = {
  'shared/errors/clawdbot-error.ts': 'export class ClawdbotError extends Error {}',
  'shared/model/message.ts': 'export const limitChars = 10;',
  'shared/contract/chat.ts':
    "import { z } from 'zod';\nimport { oc } from '@orpc/contract';\nexport const chat = { z, oc };",
  'shared/contract/index.ts': "export { chat } from './chat.ts';",
  'electron/ports.ts': "import type { chat } from '../shared/contract/index.ts';\nexport type Ports = typeof chat;",
  'electron/lib/emitter.ts':
    "import { EventEmitter } from 'node:events';\nimport { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';\nexport const emitter = [EventEmitter, ClawdbotError];",
  'electron/engine/engine.ts': 'export interface Engine { readonly name: string }',
  'electron/engine/llama-engine.ts': "import { emitter } from '../lib/emitter.ts';\nexport const engine = emitter;",
  'electron/engine/host/main.ts':
    "import { getLlama } from 'node-llama-cpp';\nimport { limitChars } from '../../../shared/model/message.ts';\nexport const host = [getLlama, limitChars];",
  'electron/chat/chat.ts': "import type { Engine } from '../engine/engine.ts';\nexport type Chat = Engine;",
  'electron/chat/create-chat.ts':
    "import type { Ports } from '../ports.ts';\nimport type { Engine } from '../engine/engine.ts';\nimport { emitter } from '../lib/emitter.ts';\nexport const createChat = (ports: Ports, engine: Engine) => [ports, engine, emitter];",
  'electron/core.ts':
    "import { createChat } from './chat/create-chat.ts';\nimport { engine } from './engine/llama-engine.ts';\nexport const core = [createChat, engine];",
  'electron/rpc/router.ts': "import type { Chat } from '../chat/chat.ts';\nexport const router = (chat: Chat) => chat;",
  'electron/gateway/server.ts': "import fastify from 'fastify';\nexport const server = fastify;",
  'electron/shell/window.ts':
    "import { BrowserWindow } from 'electron';\nimport { router } from '../rpc/router.ts';\nexport const open = [BrowserWindow, router];",
  'electron/main.ts':
    "import { app } from 'electron';\nimport { core } from './core.ts';\nimport { open } from './shell/window.ts';\nvoid [app, core, open];",
  'electron/headless.ts':
    "import { core } from './core.ts';\nimport { server } from './gateway/server.ts';\nvoid [core, server];",
  'renderer/main.tsx': "import { App } from './app/App.tsx';\nvoid App;",
  'renderer/app/App.tsx': "import { Thread } from '../chat/Thread.tsx';\nexport const App = Thread;",
  'renderer/ui/Button.tsx': 'export const Button = () => <button type="button" />;',
  'renderer/ui/theme.css': 'body {}',
  'renderer/rpc/client.ts':
    "import type { chat } from '../../shared/contract/index.ts';\nexport type Client = typeof chat;",
  'renderer/chat/Thread.tsx':
    "import { useState } from 'react';\nimport '../ui/theme.css';\nimport { Button } from '../ui/Button.tsx';\nimport type { Client } from '../rpc/client.ts';\nimport { limitChars } from '../../shared/model/message.ts';\nexport const Thread = (client: Client) => [useState, Button, client, limitChars];",
  'renderer/models/Switcher.tsx': 'export const Switcher = () => null;',
  'test/chat/chat.test.ts': "import { createChat } from '../../electron/chat/create-chat.ts';\nvoid createChat;",
  'test/bench/engine.ts': "import { getLlama } from 'node-llama-cpp';\nvoid getLlama;",
  'build/scripts/start.mjs': "import path from 'node:path';\nvoid path;",
  'docs/ARCHITECTURE.md': '# Architecture',
};

function problemsOf(changes: Readonly<Record<string, string>>, exceptions: typeof layerExceptions = []): string[] {
  using tree = smallTree({ ...clean, ...changes });
  return findLayerProblems(tree.root, tree.files, exceptions).map(
    ({ file, line, rule, message }) => `${file}:${line} ${rule} ${message}`,
  );
}

/** Adds an import to a file of the clean tree, as its first line. */
function importing(file: string, statement: string): Record<string, string> {
  return { [file]: `${statement}\n${clean[file] ?? ''}` };
}

describe('a tree that keeps the rules', () => {
  it('has nothing to report', () => {
    expect(problemsOf({})).toEqual([]);
  });
});

describe('who may import whom', () => {
  const violations: [string, string, string][] = [
    ['shared/model/message.ts', "import { z } from 'zod';", 'the package zod'],
    ['shared/model/message.ts', "import 'node:fs';", 'node:fs'],
    ['shared/model/message.ts', "import type { chat } from '../contract/index.ts';", 'shared/contract/index.ts'],
    ['shared/errors/clawdbot-error.ts', "import React from 'react';", 'the package react'],
    ['shared/contract/chat.ts', "import 'node:path';", 'node:path'],
    ['shared/contract/chat.ts', "import fastify from 'fastify';", 'the package fastify'],
    ['electron/lib/emitter.ts', "import type { Ports } from '../ports.ts';", 'electron/ports.ts'],
    ['electron/lib/emitter.ts', "import fastify from 'fastify';", 'the package fastify'],
    ['electron/ports.ts', "import { core } from './core.ts';", 'electron/core.ts'],
    ['electron/ports.ts', "import { chat } from '../shared/contract/index.ts';", 'Use import type'],
    [
      'electron/chat/create-chat.ts',
      "import { engine } from '../engine/llama-engine.ts';",
      'electron/engine/llama-engine.ts',
    ],
    [
      'electron/chat/create-chat.ts',
      "import type { engine } from '../engine/llama-engine.ts';",
      'electron/engine/llama-engine.ts',
    ],
    ['electron/chat/create-chat.ts', "import { Engine } from '../engine/engine.ts';", 'Use import type'],
    ['electron/chat/create-chat.ts', "import { core } from '../core.ts';", 'electron/core.ts'],
    ['electron/chat/create-chat.ts', "import { router } from '../rpc/router.ts';", 'electron/rpc/router.ts'],
    ['electron/chat/create-chat.ts', "import React from 'react';", 'the package react'],
    ['electron/engine/llama-engine.ts', "import { host } from './host/main.ts';", 'electron/engine/host/main.ts'],
    ['electron/engine/host/main.ts', "import { emitter } from '../../lib/emitter.ts';", 'electron/lib/emitter.ts'],
    ['electron/engine/host/main.ts', "import fastify from 'fastify';", 'the package fastify'],
    ['electron/rpc/router.ts', "import { createChat } from '../chat/create-chat.ts';", 'electron/chat/create-chat.ts'],
    ['electron/rpc/router.ts', "import { core } from '../core.ts';", 'Use import type'],
    [
      'electron/gateway/server.ts',
      "import { engine } from '../engine/llama-engine.ts';",
      'electron/engine/llama-engine.ts',
    ],
    ['electron/core.ts', "import { open } from './shell/window.ts';", 'electron/shell/window.ts'],
    [
      'electron/shell/window.ts',
      "import { createChat } from '../chat/create-chat.ts';",
      'electron/chat/create-chat.ts',
    ],
    ['electron/headless.ts', "import { open } from './shell/window.ts';", 'electron/shell/window.ts'],
    ['electron/headless.ts', "import { host } from './engine/host/main.ts';", 'electron/engine/host/main.ts'],
    ['electron/main.ts', "import { host } from './engine/host/main.ts';", 'electron/engine/host/main.ts'],
    ['renderer/chat/Thread.tsx', "import { core } from '../../electron/core.ts';", 'electron/core.ts'],
    ['renderer/chat/Thread.tsx', "import type { Chat } from '../../electron/chat/chat.ts';", 'electron/chat/chat.ts'],
    ['renderer/chat/Thread.tsx', "import { chat } from '../../shared/contract/index.ts';", 'Use import type'],
    ['renderer/chat/Thread.tsx', "import { readFileSync } from 'fs';", 'may not import fs'],
    ['renderer/chat/Thread.tsx', "import { Switcher } from '../models/Switcher.tsx';", 'renderer/models/Switcher.tsx'],
    ['renderer/chat/Thread.tsx', "import { ORPCError } from '@orpc/server';", 'the package @orpc/server'],
    ['renderer/ui/Button.tsx', "import { Thread } from '../chat/Thread.tsx';", 'renderer/chat/Thread.tsx'],
    ['electron/core.ts', "import { createChat as x } from '../test/chat/chat.test.ts';", 'test/chat/chat.test.ts'],
  ];

  it.each(violations)('%s with %s is refused', (file, statement, expected) => {
    const problems = problemsOf(importing(file, statement));
    expect(problems[0]).toContain(`${file}:1 layer`);
    expect(problems[0]).toContain(expected);
  });

  it('lets only the shell and main import electron', () => {
    for (const file of [
      'electron/core.ts',
      'electron/gateway/server.ts',
      'renderer/ui/Button.tsx',
      'test/chat/chat.test.ts',
    ]) {
      expect(problemsOf(importing(file, "import type { App } from 'electron';"))[0]).toContain(
        `${file}:1 package-home`,
      );
    }
    expect(problemsOf(importing('electron/core.ts', "import { app } from 'electron/main';"))[0]).toContain(
      'package-home',
    );
  });

  it('lets only the engine host import node-llama-cpp, beside benchmarks and proofs of model files', () => {
    for (const file of ['electron/engine/llama-engine.ts', 'electron/core.ts', 'test/chat/chat.test.ts']) {
      expect(problemsOf(importing(file, "import 'node-llama-cpp';"))[0]).toContain(`${file}:1 package-home`);
    }
  });

  it('sees every way to import', () => {
    const ways = [
      "import { engine } from '../engine/llama-engine.ts';",
      "import type { engine } from '../engine/llama-engine.ts';",
      "import { type engine } from '../engine/llama-engine.ts';",
      "import * as all from '../engine/llama-engine.ts';",
      "import '../engine/llama-engine.ts';",
      "type T = import('../engine/llama-engine.ts').Engine;",
      "type T = typeof import('../engine/llama-engine.ts');",
      "const lazy = () => import('../engine/llama-engine.ts');",
      'const lazy = () => import(`../engine/llama-engine.ts`);',
      "const old = require('../engine/llama-engine.ts');",
      "import old = require('../engine/llama-engine.ts');",
      "export { engine } from '../engine/llama-engine.ts';",
      "export * from '../engine/llama-engine.ts';",
      "export type { engine } from '../engine/llama-engine.ts';",
    ];
    for (const way of ways) {
      const problems = problemsOf(importing('electron/chat/create-chat.ts', way));
      expect(
        problems.some((problem) => problem.includes('create-chat.ts:1 layer')),
        way,
      ).toBe(true);
    }
  });

  it('does not take text in comments and strings for an import', () => {
    const text = "// import { core } from '../core.ts';\nexport const text = \"import { core } from '../core.ts'\";";
    expect(problemsOf({ 'electron/chat/words.ts': text })).toEqual([]);
  });

  it('refuses an import that is computed', () => {
    for (const way of ['await import(name);', "require('../' + name);", "import.meta.glob('./*.ts');"]) {
      const problems = problemsOf({ 'electron/chat/load.ts': `declare const name: string;\n${way}` });
      expect(problems, way).toHaveLength(1);
      expect(problems[0]).toContain('electron/chat/load.ts:2 computed-import');
    }
  });

  it('refuses an import that names no file, or no place of ours', () => {
    for (const name of [
      './create-chat',
      './gone.ts',
      '../../../outside.ts',
      '/etc/hosts',
      'https://example.org/x.js',
      '#chat',
    ]) {
      const problems = problemsOf(importing('electron/chat/create-chat.ts', `import '${name}';`));
      expect(problems[0], name).toContain('create-chat.ts:1 unresolved-import');
    }
  });

  it('refuses code in an interface file', () => {
    const problems = problemsOf({ 'electron/engine/engine.ts': 'export const engineVersion = 1;' });
    expect(problems).toEqual([expect.stringContaining('electron/engine/engine.ts:1 interface-file')]);
  });

  it('refuses files outside of the architecture', () => {
    expect(problemsOf({ 'electron/misplaced/thing.ts': '' })[0]).toContain('unknown-place');
    expect(problemsOf({ 'shared/other/thing.ts': '' })[0]).toContain('unknown-place');
    expect(problemsOf({ 'src/thing.ts': '' })[0]).toContain('src/thing.ts:1 top-level-folder');
    expect(problemsOf({ 'tools/notes.txt': '' })[0]).toContain('tools/notes.txt:1 top-level-folder');
  });

  it('reports a file that cannot be parsed', () => {
    expect(problemsOf({ 'electron/chat/broken.ts': 'export const = ;' })[0]).toContain(
      'electron/chat/broken.ts:1 unreadable',
    );
  });
});

describe('cycles', () => {
  it('are found between files of one folder', () => {
    const problems = problemsOf({
      'electron/chat/a.ts': "import { b } from './b.ts';\nexport const a = () => b;",
      'electron/chat/b.ts': "\nimport { c } from './c.ts';\nexport const b = () => c;",
      'electron/chat/c.ts': "import { a } from './a.ts';\nexport const c = () => a;",
    });
    expect(problems).toEqual([
      expect.stringContaining('electron/chat/a.ts -> electron/chat/b.ts -> electron/chat/c.ts -> electron/chat/a.ts'),
    ]);
    expect(problems[0]).toContain('electron/chat/a.ts:1 cycle');
  });

  it('are found where one side imports only types', () => {
    const problems = problemsOf({
      'electron/chat/a.ts': "import type { B } from './b.ts';\nexport type A = B;",
      'electron/chat/b.ts': "import { type A } from './a.ts';\nexport type B = A | 1;",
    });
    expect(problems).toEqual([expect.stringContaining('cycle')]);
  });

  it('are found when a file imports itself', () => {
    const problems = problemsOf({
      'electron/chat/self.ts': "import { self } from './self.ts';\nexport const self = 1;",
    });
    expect(problems).toEqual([expect.stringContaining('electron/chat/self.ts -> electron/chat/self.ts')]);
  });

  it('are reported once for each group, however many paths lead through it', () => {
    const everything = ['a', 'b', 'c'];
    const files = everything.map((name): [string, string] => [
      `electron/chat/${name}.ts`,
      everything.map((other) => `import './${other}.ts';`).join('\n'),
    ]);
    expect(problemsOf(Object.fromEntries(files)).filter((problem) => problem.includes(' cycle '))).toHaveLength(1);
  });

  it('are not seen in a diamond', () => {
    const problems = problemsOf({
      'electron/chat/top.ts': "import './left.ts';\nimport './right.ts';",
      'electron/chat/left.ts': "import './bottom.ts';",
      'electron/chat/right.ts': "import './bottom.ts';",
      'electron/chat/bottom.ts': 'export {};',
    });
    expect(problems).toEqual([]);
  });

  it('are looked for in a chain of thousands of files without running out of stack', () => {
    const length = 20_000;
    const names = Array.from({ length }, (_, index) => `n${index}`);
    const chain = new Map(names.map((name, index) => [name, [`n${(index + 1) % length}`]]));
    expect(findCycles(chain).map((circle) => circle.length)).toEqual([length + 1]);
  });
});

describe('sizes, names and barrels', () => {
  const lines = (count: number): string => '// a line\n'.repeat(count);

  it('refuses a file of 501 lines and takes one of 500', () => {
    expect(problemsOf({ 'electron/chat/long.ts': lines(500) })).toEqual([]);
    expect(problemsOf({ 'electron/chat/long.ts': lines(501) })[0]).toContain(
      'electron/chat/long.ts:501 file-size 501 lines',
    );
    expect(problemsOf({ 'renderer/ui/long.css': lines(501) })[0]).toContain('file-size');
    expect(problemsOf({ 'build/scripts/long.mjs': lines(501) })[0]).toContain('file-size');
  });

  it('gives tests 800 lines', () => {
    expect(problemsOf({ 'test/chat/long.test.ts': lines(800) })).toEqual([]);
    expect(problemsOf({ 'test/chat/long.test.ts': lines(801) })[0]).toContain('test/chat/long.test.ts:801 file-size');
  });

  it('refuses names that say nothing', () => {
    for (const file of [
      'electron/chat/utils.ts',
      'electron/chat/chat-helpers.ts',
      'renderer/chat/common/thing.ts',
      'renderer/chat/WindowManager.tsx',
      'test/helpers/thing.ts',
    ]) {
      expect(problemsOf({ [file]: 'export {};' })[0], file).toContain(`${file}:1 empty-name`);
    }
    expect(problemsOf({ 'electron/chat/commonplace.ts': 'export {};' })).toEqual([]);
  });

  it('refuses to hand on what another file exports', () => {
    expect(problemsOf({ 'renderer/ui/all.ts': "export { Button } from './Button.tsx';" })[0]).toContain('re-export');
    expect(problemsOf({ 'renderer/ui/all.ts': "export * from './Button.tsx';" })[0]).toContain('re-export');
  });
});

describe('the list of exceptions', () => {
  const broken = { 'electron/chat/utils.ts': 'export {};' };
  const exception = { rule: 'empty-name', file: 'electron/chat/utils.ts', why: 'to be renamed' };

  it('lets one violation of one file through', () => {
    expect(problemsOf(broken, [exception])).toEqual([]);
    const withSecond = { ...broken, 'electron/chat/helpers.ts': 'export {};' };
    expect(problemsOf(withSecond, [exception])).toEqual([expect.stringContaining('helpers.ts')]);
  });

  it('may not hold what is no longer needed', () => {
    expect(problemsOf({}, [exception])).toEqual([expect.stringContaining('electron/chat/utils.ts:1 stale-exception')]);
  });

  it('only shrinks: lower this number when an entry goes', () => {
    expect(layerExceptions.length).toBeLessThanOrEqual(0);
  });
});
