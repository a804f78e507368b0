import { readLines } from './read-lines.ts';

/** Native code can be very talkative when it is unwell. */
const loggedLines = 200;
const lineLimitChars = 2000;
/** Enough for the reason of an abort, which is followed by the whole stack. */
const lastLinesKept = 100;
/** What was said before that was about something the process got over. */
const lastWordsMs = 10_000;

export interface OutputLog {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Logs what a child process writes, but not without end; answers what it wrote right before. */
export function followOutput(
  outputs: readonly (NodeJS.ReadableStream | null)[],
  log: OutputLog,
): () => readonly string[] {
  let count = 0;
  let last: { readonly line: string; readonly atMs: number }[] = [];
  const onLine = (line: string): void => {
    count += 1;
    last.push({ line, atMs: performance.now() });
    if (last.length > 2 * lastLinesKept) last = last.slice(-lastLinesKept);
    if (count <= loggedLines) log.debug({ line }, 'output of a child process');
    if (count === loggedLines) log.warn({ lines: count }, 'A child process says too much; the rest is not logged.');
  };
  for (const output of outputs) if (output) readLines(output, { limitChars: lineLimitChars, onLine });
  return () => {
    const sinceMs = performance.now() - lastWordsMs;
    return last.slice(-lastLinesKept).flatMap(({ line, atMs }) => (atMs >= sinceMs ? [line] : []));
  };
}
