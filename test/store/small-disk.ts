import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

import { tempFolder } from './temp-folder.ts';

/** Whether this machine lets a test make a disk of its own: Linux, root, and not in a container that forbids it. */
export const canMakeDisks = process.platform === 'linux' && process.getuid?.() === 0 && tryMount();

/** A disk in memory, mounted at the returned folder until the test ends. `options` are those of mount(8). */
export function makeDisk(options: string): string {
  const folder = tempFolder();
  mount(folder, options);
  onTestFinished(() => void execFileSync('umount', ['--lazy', folder]));
  return folder;
}

export function resizeDisk(folder: string, size: string): void {
  execFileSync('mount', ['-o', `remount,size=${size}`, folder]);
}

function mount(folder: string, options: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'pipe' });
}

function tryMount(): boolean {
  const folder = mkdtempSync(path.join(tmpdir(), 'clawdbot-disk-'));
  try {
    mount(folder, 'size=64k');
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}
