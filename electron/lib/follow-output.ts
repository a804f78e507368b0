import { readLines } from './read-lines.ts';

/** Native code can be very talkative when it is unwell. */
const loggedLines = 200;
const lineLimitChars = 2000;
/** Enough for the reason of an abort, which is followed by a few lines about where. */
const lastLinesKept = 20;

export interface OutputLog {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Logs what a child process writes, but not without end; answers what it wrote last. */
export function followOutput(
  outputs: readonly (NodeJS.ReadableStream | null)[],
  log: OutputLog,
): () => readonly string[] {
  let count = 0;
  let last: string[] = [];
  const onLine = (line: string): void => {
    count += 1;
    last = [...last, line].slice(-lastLinesKept);
    if (count <= loggedLines) log.debug({ line }, 'output of a child process');
    if (count === loggedLines) log.warn({ lines: count }, 'A child process says too much; the rest is not logged.');
  };
  for (const output of outputs) if (output) readLines(output, { limitChars: lineLimitChars, onLine });
  return () => last;
}
