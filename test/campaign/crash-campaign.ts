import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { databaseName } from '../../electron/core.ts';
import { RandomBits } from '../model/random-bits.ts';
import { writeTinyModel } from '../model/tiny-model.ts';
import { checkAfterCrash, checkAfterPowerCut } from './crash-check.ts';
import { expectAfter } from './crash-expectations.ts';
import { readLog } from './crash-log.ts';
import { startProcess, type FrozenProcess } from './frozen-process.ts';
import { cutPower } from './power-cut.ts';

export interface CampaignPlan {
  /** Moments at which the process is ended. */
  readonly rounds: number;
  readonly seed: number;
  readonly note?: (text: string) => void;
}

export interface CampaignReport {
  readonly rounds: number;
  /** Processes that were truly killed, and started again on what they left. */
  readonly kills: number;
  /** Operations that were acknowledged, over all rounds. */
  readonly acknowledged: number;
  /** Acknowledged messages that were looked for and found, over all rounds. */
  readonly kept: number;
  /** Imports in the logs: told to be whole, stopped, and ended by the kill, over all rounds. */
  readonly imports: { readonly done: number; readonly cancelled: number; readonly cut: number };
  readonly lost: readonly string[];
  readonly torn: readonly string[];
  /** Acknowledged messages that were gone after a power cut at the same moments: the last ones, or `torn` says so. */
  readonly lostToPowerCuts: number;
}

/** The moments of one process: frozen at all but the last, where it is killed. */
const roundsOfProcess = 5;
/** A library is worked on by so many processes, then a new one begins: checking grows with it. */
const processesOfLibrary = 4;
const longestPauseMs = 150;
const childScript = path.join(import.meta.dirname, 'crash-child.ts');

/**
 * Ends a working core at random moments and compares what it left with what it had acknowledged. A stopped process
 * leaves its files exactly as a killed one does, at any instruction, so one process can be looked at several times.
 */
export async function runCrashCampaign({ rounds, seed, note = () => {} }: CampaignPlan): Promise<CampaignReport> {
  const folder = mkdtempSync(path.join(tmpdir(), 'clawdbot-crash-'));
  const random = new RandomBits(seed);
  const report = { rounds: 0, kills: 0, acknowledged: 0, kept: 0, lostToPowerCuts: 0 };
  const imports = { done: 0, cancelled: 0, cut: 0 };
  const lost: string[] = [];
  const torn: string[] = [];
  let spare: FrozenProcess | undefined;
  try {
    for (let processes = 0; report.rounds < rounds; processes += 1) {
      const library = await openLibrary(folder, Math.floor(processes / processesOfLibrary));
      const start = (which: number, where: string): FrozenProcess =>
        startProcess(childScript, [where, logOf(where), `${seed * 1000 + which}`], path.join(folder, 'cache'));
      const working: FrozenProcess = spare ?? start(processes, library);
      // The next one gets ready meanwhile.
      const nextLibrary = await openLibrary(folder, Math.floor((processes + 1) / processesOfLibrary));
      spare = start(processes + 1, nextLibrary);
      await working.begin();
      for (let moment = 1; moment <= roundsOfProcess && report.rounds < rounds; moment += 1) {
        await delay((random.next() >>> 0) % longestPauseMs);
        const image = path.join(folder, `image-${report.rounds}`);
        if (moment < roundsOfProcess) await working.whileFrozen(() => copyImage(library, image));
        else {
          await working.kill();
          report.kills += 1;
          copyImage(library, image);
        }
        const findings = await examine(image, random);
        report.rounds += 1;
        report.acknowledged += findings.acknowledged;
        report.kept += findings.kept;
        for (const kind of ['done', 'cancelled', 'cut'] as const) imports[kind] += findings.imports[kind];
        report.lostToPowerCuts += findings.lostToPowerCut;
        lost.push(...findings.lost.map((problem) => `round ${report.rounds}: ${problem}`));
        torn.push(...findings.torn.map((problem) => `round ${report.rounds}: ${problem}`));
        if (report.rounds % 50 === 0) note(`${report.rounds} rounds, ${lost.length} lost, ${torn.length} torn`);
      }
      await working.kill();
    }
  } finally {
    await spare?.kill();
    rmSync(folder, { recursive: true, force: true });
  }
  return { ...report, imports, lost, torn };
}

async function openLibrary(folder: string, index: number): Promise<string> {
  const library = path.join(folder, `library-${index}`);
  const models = path.join(library, 'models');
  if (existsSync(models)) return library;
  mkdirSync(models, { recursive: true });
  await writeTinyModel(path.join(models, 'talker.gguf'), { name: 'talker' });
  return library;
}

function logOf(library: string): string {
  return path.join(library, 'acknowledged.log');
}

function copyImage(library: string, image: string): void {
  for (const cut of ['', '.cut']) {
    for (const side of ['', '-wal', '-shm']) {
      // A killed process's shared memory is not believed by whoever opens next; the power cut needs to read it.
      if (side === '-shm' && cut === '') continue;
      const from = path.join(library, databaseName + side);
      if (existsSync(from)) copyFileSync(from, image + cut + side);
    }
  }
  copyFileSync(logOf(library), `${image}.log`);
}

async function examine(image: string, random: RandomBits) {
  const expected = expectAfter(readLog(`${image}.log`));
  cutPower(`${image}.cut`, random);
  rmSync(`${image}.cut-shm`, { force: true });
  const { torn, lost, kept } = await checkAfterCrash(image, expected);
  const cut = await checkAfterPowerCut(`${image}.cut`, expected);
  for (const ending of ['', '-wal', '-shm', '.key-check', '.cut', '.cut-wal', '.cut-shm', '.cut.key-check', '.log']) {
    rmSync(image + ending, { force: true });
  }
  return {
    acknowledged: expected.acknowledged,
    kept,
    imports: {
      done: expected.imports.filter(({ end }) => end?.state === 'done').length,
      cancelled: expected.imports.filter(({ end }) => end?.state === 'cancelled').length,
      cut: expected.imports.filter(({ end }) => end === undefined).length,
    },
    lost,
    torn: [...torn, ...cut.torn.map((problem) => `after a power cut: ${problem}`)],
    lostToPowerCut: cut.missing,
  };
}
