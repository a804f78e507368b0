/** Header fields of a message, names in lower case; the first of each name counts, as in RFC 5322. */
export type MailHeaders = ReadonlyMap<string, string>;

/** Where the header ends and the body begins. `message` is text of one byte a character. */
export function splitMessage(message: string): { headers: MailHeaders; body: string } {
  const gap = /\r?\n\r?\n/.exec(message);
  const end = gap === null ? message.length : gap.index;
  const body = gap === null ? '' : message.slice(end + gap[0].length);
  const headers = new Map<string, string>();
  for (const line of message
    .slice(0, end)
    .replaceAll(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)) {
    const match = /^([\w-]+):\s*(.*)$/.exec(line);
    const name = match?.[1]?.toLowerCase();
    if (name !== undefined && !headers.has(name)) headers.set(name, match?.[2] ?? '');
  }
  return { headers, body };
}

export interface FieldValue {
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** `text/plain; charset=utf-8; name*=utf-8''a%20b` with the extensions of RFC 2231. */
export function parseField(field: string): FieldValue {
  const parameters = new Map<string, string>();
  for (const match of field.matchAll(/;\s*([\w.-]+)(\*(?:\d+\*?)?)?\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]*))/g)) {
    const [, name = '', extended = '', quoted, plain = ''] = match;
    const raw = quoted === undefined ? plain : quoted.replaceAll(/\\(.)/g, '$1');
    const text = extended.endsWith('*') ? decodePercent(raw) : decodeWords(raw);
    const key = name.toLowerCase();
    parameters.set(key, /\d/.test(extended) ? (parameters.get(key) ?? '') + text : text);
  }
  return { value: (field.split(';')[0] ?? '').trim().toLowerCase(), parameters };
}

/** Encoded words of RFC 2047, and bytes that were written as they are. */
export function decodeWords(field: string): string {
  if (!field.includes('=?')) return decodeRaw(field);
  return field
    .replaceAll(/(=\?[^?]+\?[bqBQ]\?[^?]*\?=)\s+(?==\?)/g, '$1')
    .replaceAll(
      /=\?([^?*]+)(?:\*[^?]*)?\?([bqBQ])\?([^?]*)\?=/g,
      (whole, charset: string, how: string, text: string) => {
        const bytes =
          how.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : quotedBytes(text.replaceAll('_', '=20'));
        return tryDecodeCharset(bytes, charset) ?? whole;
      },
    );
}

/** Quoted-printable of RFC 2045, text of one byte a character. */
export function quotedBytes(text: string): Buffer {
  const joined = text.replaceAll(/=[ \t]*\r?\n/g, '');
  const plain = joined.replaceAll(/=([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(plain, 'latin1');
}

export function tryDecodeCharset(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return undefined;
  }
}

function decodePercent(value: string): string {
  const [, charset = 'utf-8', text = value] = /^([\w-]*)'[^']*'(.*)$/.exec(value) ?? [];
  return tryDecodeCharset(quotedBytes(text.replaceAll('%', '=')), charset || 'utf-8') ?? text;
}

function decodeRaw(field: string): string {
  return /[\u0080-\u00FF]/.test(field) ? new TextDecoder().decode(Buffer.from(field, 'latin1')) : field;
}
