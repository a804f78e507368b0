/** The text as a markdown quotation, with an empty line to write on after it. */
export function quote(text: string): string {
  const lines = text.trim().split(/\r\n|\r|\n/);
  return `${lines.map((line) => (line === '' ? '>' : `> ${line}`)).join('\n')}\n\n`;
}

/** Puts a quotation behind what is already written. */
export function appendQuote(written: string, quoted: string): string {
  const before = written.trimEnd();
  return before === '' ? quote(quoted) : `${before}\n\n${quote(quoted)}`;
}
