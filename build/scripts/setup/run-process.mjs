import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { StringDecoder } from 'node:string_decoder';

const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
const graceMs = 10_000;
const repeatMs = 1000;

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [inherit] let it write to our terminal instead of capturing what it says
 * @property {(line: string) => void} [onLine] called for each line of captured output
 * @property {number} [limitMs] end it after this time
 */

/**
 * @typedef {object} RunResult
 * @property {number} code exit status; 128 plus the signal's number when a signal ended it, 127 when it never started
 * @property {string} output what it said, both streams together, at most the last million characters
 * @property {boolean} timedOut
 */

/**
 * Runs a program to its end. A signal sent to this process goes on to the program and, once that has ended, ends this
 * process too, so that nothing is left behind.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<RunResult>}
 */
export function runProcess(command, args, options = {}) {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: options.inherit === true ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  const forwarding = forwardSignals(child);
  let output = '';
  let timedOut = false;
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    readLines(stream, (line) => {
      output = `${output}${line}\n`.slice(-1_000_000);
      options.onLine?.(line);
    });
  }
  const limit = setTimeout(
    () => {
      timedOut = true;
      terminate(child);
    },
    options.limitMs ?? 2 ** 31 - 1,
  );
  limit.unref();
  return new Promise((resolve) => {
    /** @param {number} code */
    const finish = (code) => {
      clearTimeout(limit);
      forwarding.stop();
      const signal = forwarding.received();
      if (signal !== null) process.exit(exitStatus(null, signal));
      resolve({ code, output, timedOut });
    };
    child.once('error', (error) => {
      output += `${error.message}\n`;
      finish(127);
    });
    child.once('close', (code, signal) => finish(exitStatus(code, signal)));
  });
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitStatus(code, signal) {
  return code ?? 128 + (signal === null ? 1 : constants.signals[signal]);
}

/**
 * Passes on to the child that this process was told to end. A second signal, a while after the first, ends the child
 * at once.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {{ received(): NodeJS.Signals | null, stop(): void }}
 */
export function forwardSignals(child) {
  /** @type {NodeJS.Signals | null} */
  let received = null;
  let receivedMs = 0;
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    // One Ctrl-C arrives twice: from the terminal and from npm.
    if (received !== null && Date.now() - receivedMs < repeatMs) return;
    if (received !== null) child.kill('SIGKILL');
    received = signal;
    receivedMs = Date.now();
    // The terminal has sent its SIGINT to the child as well; SIGTERM cannot be mistaken for a second Ctrl-C.
    terminate(child);
  };
  for (const signal of signals) process.on(signal, forward);
  return {
    received: () => received,
    stop: () => {
      for (const signal of signals) process.off(signal, forward);
    },
  };
}

/** Asks the child to end, and makes it end when it does not. @param {import('node:child_process').ChildProcess} child */
export function terminate(child) {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), graceMs).unref();
}

/**
 * @param {NodeJS.ReadableStream} stream
 * @param {(line: string) => void} onLine
 */
export function readLines(stream, onLine) {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  stream.on('data', (/** @type {Buffer} */ chunk) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line.replace(/\r$/, ''));
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}

/**
 * The last lines of a program's output, for a message about its failure.
 *
 * @param {string} output
 * @param {number} [count]
 */
export function lastLines(output, count = 15) {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return lines.slice(-count).join('\n');
}
