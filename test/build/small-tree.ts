import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface SmallTree extends Disposable {
  readonly root: string;
  readonly files: readonly string[];
}

/** Writes files into a folder of their own, by path; gone at the end of the test. */
export function smallTree(contents: Readonly<Record<string, string>>): SmallTree {
  const root = mkdtempSync(path.join(tmpdir(), 'clawdbot tree '));
  for (const [file, text] of Object.entries(contents)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return {
    root,
    files: Object.keys(contents),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}
