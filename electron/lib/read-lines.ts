import { StringDecoder } from 'node:string_decoder';

export interface LinesOptions {
  /** The rest of a longer line is dropped. */
  readonly limitChars: number;
  readonly onLine: (line: string) => void;
}

/** Reads a stream line by line and, unlike `readline`, never keeps more than one line of a stream without line breaks. */
export function readLines(stream: NodeJS.ReadableStream, { limitChars, onLine }: LinesOptions): void {
  const decoder = new StringDecoder('utf8');
  let line = '';
  const take = (text: string): void => {
    const [first = '', ...rest] = text.split('\n');
    line += first.slice(0, limitChars - line.length);
    for (const next of rest) {
      onLine(line.replace(/\r$/, ''));
      line = next.slice(0, limitChars);
    }
  };
  stream.on('data', (chunk: Buffer | string) => take(typeof chunk === 'string' ? chunk : decoder.write(chunk)));
  stream.on('end', () => {
    take(decoder.end());
    if (line !== '') onLine(line);
  });
}
