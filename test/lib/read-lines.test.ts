import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { expect, test } from 'vitest';

import { readLines } from '../../electron/lib/read-lines.ts';

async function linesOf(chunks: readonly Buffer[], limitChars = 10): Promise<string[]> {
  const stream = new PassThrough();
  const lines: string[] = [];
  readLines(stream, { limitChars, onLine: (line) => lines.push(line) });
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await finished(stream, { readable: true });
  return lines;
}

test('lines are the same however the stream is cut', async () => {
  const bytes = Buffer.from('one\r\n\ntwö\nlast');
  expect(await linesOf([bytes])).toEqual(['one', '', 'twö', 'last']);
  expect(await linesOf([...bytes].map((byte) => Buffer.from([byte])))).toEqual(['one', '', 'twö', 'last']);
});

test('a stream without line breaks is no more than its first words', async () => {
  expect(await linesOf(Array.from({ length: 1000 }, () => Buffer.alloc(1000, 'x')))).toEqual(['x'.repeat(10)]);
});
