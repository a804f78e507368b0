import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { inspectGguf } from '../../shared/model/gguf/inspect.ts';
import { bytesSource } from '../shared/gguf/bytes-source.ts';

const launcher = path.join(import.meta.dirname, '../../build/scripts/make-model.mjs');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-make-'));
});

afterAll(() => rm(folder, { recursive: true }));

/** As npm runs it: in the repository, told where the person stood. */
function makeModel(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, INIT_CWD: folder };
    const child = execFile(process.execPath, [launcher, ...args], { env }, (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

const inspect = async (name: string) => inspectGguf(bytesSource(await readFile(path.join(folder, name))));

describe('npm run make-model', { timeout: 60_000 }, () => {
  test('writes a scripted model where the person stands', async () => {
    await writeFile(path.join(folder, 'script.txt'), 'Hello there, Möwe.\n');
    const made = await makeModel('scripted', 'sub/own.gguf', '--text-file', 'script.txt', '--name', 'Own');
    expect(made).toEqual({
      code: 0,
      out: `${path.join(folder, 'sub/own.gguf')}: 1.2 MB, recites its text in 3 tokens\n`,
      err: '',
    });
    expect(await inspect('sub/own.gguf')).toMatchObject({ name: 'Own', placeholder: false });
  });

  test('writes the placeholder', async () => {
    expect((await makeModel('placeholder', 'placeholder.gguf')).code).toBe(0);
    expect((await inspect('placeholder.gguf')).placeholder).toBe(true);
  });

  test('writes broken ones', async () => {
    expect((await makeModel('missing-head-count', 'broken.gguf')).out).toContain('broken on purpose');
    await expect(inspect('broken.gguf')).rejects.toThrow('attention.head_count');
  });

  test('tells how it is used', async () => {
    const { code, out } = await makeModel('--help');
    expect(code).toBe(0);
    for (const word of ['placeholder', 'scripted', 'tiny', 'shape-0.5b', 'hostile-lengths', '--text-file']) {
      expect(out).toContain(word);
    }
  });

  test.for([
    [[], 'A preset and a file to write are needed.'],
    [['grand', 'x.gguf'], 'There is no preset "grand".'],
    [['scripted', 'x.gguf'], 'A scripted model needs either --text TEXT or --text-file FILE.'],
    [['scripted', 'x.gguf', '--text', 'a', '--layers', 'two'], '--layers takes a whole number, not "two".'],
    [['shape-0.5b', 'x.gguf', '--type', 'Q2'], '--type takes Q4_0 or Q8_0, not "Q2".'],
    [['tiny', 'x.gguf', 'y.gguf'], 'Only one file can be written, but "y.gguf" follows.'],
    [['tiny', 'x.gguf', '--loud'], "Unknown option '--loud'"],
  ] as const)('refuses %j with the reason and the usage', async ([args, reason]) => {
    const { code, err } = await makeModel(...args);
    expect(code).toBe(2);
    expect(err).toContain(reason);
    expect(err).toContain('Usage: npm run make-model');
  });

  test('says what is wrong with a script or a place, without the usage', async () => {
    const missing = await makeModel('scripted', 'x.gguf', '--text-file', 'nowhere.txt');
    expect(missing).toMatchObject({ code: 1, err: expect.stringContaining('The model could not be made: ENOENT') });
    const empty = await makeModel('scripted', 'x.gguf', '--text', ' ');
    expect(empty).toMatchObject({
      code: 1,
      err: 'The model could not be made: The script is empty: give it at least one word.\n',
    });
  });
});
