import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import { writeScriptedModel } from '../model/scripted-model.ts';
import type { Asked, Told } from './played-electron.ts';

type WithoutId<A> = A extends { id: number } ? Omit<A, 'id'> : never;
type Box = Extract<Told, { event: 'box' }>;

interface StartedApp {
  readonly child: ChildProcess;
  readonly told: Told[];
  output(): string;
  /** What it ended with, once it has. */
  readonly ended: Promise<number | null>;
  /** Both windows have got their ports. */
  ready(): Promise<void>;
  ask(asked: WithoutId<Asked>): Promise<unknown>;
  box(): Box | undefined;
}

let folder: string;
let models: string;
let running: ChildProcess[] = [];

beforeAll(async () => {
  models = await mkdtemp(path.join(tmpdir(), 'clawdbot-models-'));
  await writeScriptedModel(path.join(models, 'scripted.gguf'), { text: 'The desktop answers.', name: 'Scripted' });
});
afterAll(() => rm(models, { recursive: true, force: true }));
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-app-'));
});
afterEach(async () => {
  for (const child of running) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
  running = [];
  await rm(folder, { recursive: true, force: true });
});

/** The real main.ts with everything below it, in a process of its own, on a desktop that is played. */
function startApp(flags: readonly string[] = [], environment: Record<string, string> = {}): StartedApp {
  const child = fork(path.join(import.meta.dirname, 'desktop-child.ts'), ['--data-dir', folder, ...flags], {
    env: { ...process.env, ...environment },
    // Electron's own first argument stands before those of the app.
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  running.push(child);
  const told: Told[] = [];
  let output = '';
  child.on('message', (message: Told) => told.push(message));
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const ended = once(child, 'exit').then(() => child.exitCode);
  let lastId = 0;

  const heard = async <T>(find: () => T | undefined): Promise<T> => {
    const wait = vi.waitFor(
      () => {
        const value = find();
        if (value === undefined) throw new Error(`The app said nothing of the kind:\n${output}`);
        return value;
      },
      { timeout: 45_000, interval: 20 },
    );
    wait.catch(() => undefined);
    const gone = ended.then((code) => {
      throw new Error(`The app has ended with ${code}:\n${output}`);
    });
    return Promise.race([wait, gone]);
  };
  return {
    child,
    told,
    output: () => output,
    ended,
    async ready() {
      await heard(() => told.filter(({ event }) => event === 'handOver')[1]);
    },
    async ask(asked) {
      const id = (lastId += 1);
      child.send({ ...asked, id });
      const answer = await heard(() =>
        told.find((message) => (message.event === 'answered' || message.event === 'failed') && message.id === id),
      );
      if (answer.event === 'failed') throw new Error(answer.message);
      return answer.event === 'answered' ? answer.value : undefined;
    },
    box: () => told.find((message) => message.event === 'box'),
  };
}

describe('the desktop app', () => {
  test('answers with the engine in a process of its own, keeps it, and ends in order', async () => {
    const app = startApp(['--model', path.join(models, 'scripted.gguf')]);
    await app.ready();
    expect(await app.ask({ do: 'info' })).toMatchObject({
      host: 'desktop',
      version: '0.0.0-played',
      dataDirectory: folder,
    });
    expect(await app.ask({ do: 'ask', text: 'Who answers?' })).toBe('done: The desktop answers.');
    app.child.send({ id: 99, do: 'quit' });
    expect(await app.ended).toBe(0);

    const again = startApp();
    await again.ready();
    expect(await again.ask({ do: 'conversations' })).toMatchObject({ total: 1 });
  });

  test('keeps its data where it is told, sealed, and what Chromium keeps apart from it', async () => {
    const app = startApp();
    await app.ready();
    const paths = app.told.flatMap((message) => (message.event === 'path' ? [[message.name, message.value]] : []));
    expect(paths).toEqual([
      ['userData', folder],
      ['sessionData', path.join(folder, 'browser')],
    ]);
    const names = await readdir(folder);
    expect(names).toEqual(expect.arrayContaining(['clawdbot.db', 'database.key.sealed', 'logs', 'models', 'browser']));
    expect(names).not.toContain('database.key');
    for (const name of ['clawdbot.db', 'database.key.sealed']) {
      expect((await stat(path.join(folder, name))).mode & 0o077, name).toBe(0);
    }
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await readFile(path.join(folder, 'clawdbot.db'))).subarray(0, 15).toString()).not.toBe('SQLite format 3');
  });

  test('uses a key file where the system offers no keychain', async () => {
    const app = startApp([], { PLAYED_KEYCHAIN: 'basic_text' });
    await app.ready();
    expect((await stat(path.join(folder, 'database.key'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).not.toContain('database.key.sealed');
  });

  test('shows its window when it is started a second time, and the second one leaves at once', async () => {
    const app = startApp();
    await app.ready();
    const second = startApp([], { PLAYED_LOCK: 'held' });
    expect(await second.ended).toBe(0);
    expect(second.box()).toBeUndefined();
    expect(await app.ask({ do: 'secondStart', args: [] })).toBe('focus');
  });

  test.each(['--help', '--version'])('says what %s asks for, without starting', async (flag) => {
    const app = startApp([flag]);
    expect(await app.ended).toBe(0);
    expect(app.output()).toMatch(flag === '--help' ? /--data-dir DIR/ : /^0\.0\.0-played$/m);
    expect(app.told.some(({ event }) => event === 'handOver')).toBe(false);
  });
});

describe('a start that cannot succeed', () => {
  /** Starts, and gives what the person is shown before the app ends. */
  async function refusal(flags: readonly string[] = [], environment: Record<string, string> = {}): Promise<Box> {
    const app = startApp(flags, environment);
    const code = await app.ended;
    const box = app.box();
    expect(code, app.output()).toBe(1);
    if (!box) throw new Error(`Nothing was shown:\n${app.output()}`);
    expect(app.output()).toContain(box.text);
    return box;
  }

  test('because of an unknown flag says which, in the language of the system', async () => {
    expect((await refusal(['--modle', 'x'])).text).toContain('there is no flag --modle');
    const chinese = await refusal(['--modle', 'x'], { PLAYED_LANGUAGE: 'zh-Hans-CN' });
    expect([chinese.title, chinese.text]).toEqual(['Clawdbot 遇到问题', expect.stringContaining('--modle')]);
  });

  test('because of damaged settings names the file and leaves it as it is', async () => {
    await writeFile(path.join(folder, 'settings.json'), '{ "language": "zh", }');
    expect((await refusal()).text).toContain(path.join(folder, 'settings.json'));
    expect(await readFile(path.join(folder, 'settings.json'), 'utf8')).toBe('{ "language": "zh", }');
  });

  test('because of a damaged database or a lost key says so and changes nothing', async () => {
    const first = startApp();
    await first.ready();
    first.child.send({ id: 99, do: 'quit' });
    expect(await first.ended).toBe(0);
    const database = path.join(folder, 'clawdbot.db');
    const sealed = path.join(folder, 'database.key.sealed');
    const [key, content] = [await readFile(sealed), await readFile(database)];

    await rm(sealed);
    expect((await refusal()).text).toContain('is missing');
    expect(await readdir(folder)).not.toContain('database.key.sealed');

    await writeFile(sealed, key);
    const damaged = Buffer.from(content).fill(0x20, 0, 4096);
    await writeFile(database, damaged);
    expect((await refusal()).text).toContain(database);
    expect(await readFile(database)).toEqual(damaged);
  });

  test('because another process holds the data directory says so', async () => {
    const first = startApp();
    await first.ready();
    const box = await refusal();
    expect(box.text).toContain(`process ${first.child.pid}`);
    expect(await first.ask({ do: 'info' })).toMatchObject({ host: 'desktop' });
  });

  test('because the data directory is a file says what to do', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    const box = await refusal(['--data-dir', file]);
    expect(box.text).toContain('--data-dir');
  });

  test('because of a configuration file names the key', async () => {
    await mkdir(path.join(folder, 'c'));
    const config = path.join(folder, 'c/config.yaml');
    await writeFile(config, 'prot: 1\n');
    expect((await refusal(['--config', config])).text).toContain('"prot"');
  });
});
