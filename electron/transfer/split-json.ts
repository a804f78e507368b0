/** One value out of a large document, as its bytes; or why there is none. */
export type JsonPiece =
  | {
      readonly kind: 'value';
      readonly bytes: Buffer;
      /** The member it is an element of. */ readonly list: string | null;
    }
  /** The beginning of an object that holds lists, up to the first of them. */
  | { readonly kind: 'head'; readonly text: string }
  /** `tooLarge`: more than the limit. `cut`: the document ended inside of it. */
  | { readonly kind: 'lost'; readonly reason: 'tooLarge' | 'cut' };

export interface SplitOptions {
  /** More members whose elements are wanted, in an object that has begun with one of `lists`. */
  readonly laterLists?: ReadonlySet<string>;
  /** A value larger than this is skipped. */
  readonly limitBytes: number;
}

const quote = 0x22;
const backslash = 0x5c;
const open = new Set([0x7b, 0x5b]);
const close = new Set([0x7d, 0x5d]);
const newline = 0x0a;
/** Enough to hold the name of a list and what is between it and the bracket. */
const nameBytes = 80;
const headChars = 4000;
const isSpace = (byte: number): boolean => byte === 0x20 || byte === newline || byte === 0x0d || byte === 0x09;

/**
 * Cuts a document into the values worth parsing one at a time, without reading it whole: the elements of an array at the
 * top, the elements of a top object's members named in `lists`, and otherwise every value at the top (JSON Lines). Only
 * brackets and strings are looked at; whether a piece is JSON is found out by parsing it.
 */
export async function* splitJson(
  source: AsyncIterable<Buffer>,
  lists: ReadonlySet<string>,
  { limitBytes, laterLists = new Set() }: SplitOptions,
): AsyncGenerator<JsonPiece> {
  const state = createSplitter(lists, laterLists, limitBytes);
  for await (const chunk of source) yield* state.feed(chunk);
  yield* state.end();
}

/** Where in the document a piece can begin. */
type Place =
  | 'top'
  /** Inside an array whose elements are wanted. */
  | 'list'
  /** Between the members of an object at the top that holds lists. */
  | 'members';

function createSplitter(lists: ReadonlySet<string>, laterLists: ReadonlySet<string>, limitBytes: number) {
  let place: Place = 'top';
  /** The list being read belongs to an object at the top. */
  let inObject = false;
  let parts: Buffer[] = [];
  let length = 0;
  let tooLarge = false;
  let collecting = false;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let newlines = 0;
  let list: string | null = null;
  /** The last of what was kept. */
  let tail: Buffer = Buffer.alloc(0);

  const finish = (): JsonPiece => {
    const piece: JsonPiece = tooLarge
      ? { kind: 'lost', reason: 'tooLarge' }
      : { kind: 'value', bytes: parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts), list };
    reset();
    return piece;
  };
  const reset = (): void => {
    parts = [];
    tail = Buffer.alloc(0);
    length = 0;
    tooLarge = false;
    collecting = false;
    depth = 0;
    inString = false;
    escaped = false;
    newlines = 0;
  };
  const keep = (bytes: Buffer): void => {
    if (bytes.length === 0) return;
    tail = bytes.length < nameBytes ? Buffer.concat([tail, bytes]).subarray(-nameBytes) : bytes.subarray(-nameBytes);
    length += bytes.length;
    if (length > limitBytes) {
      tooLarge = true;
      parts = [];
    } else if (!tooLarge) parts.push(bytes);
  };

  return {
    *feed(chunk: Buffer): Generator<JsonPiece> {
      let from = 0;
      let at = 0;
      while (at < chunk.length) {
        const byte = chunk[at] ?? 0;
        if (!collecting) {
          at += 1;
          if (isSpace(byte) || byte === 0x2c || byte === 0xef || byte === 0xbb || byte === 0xbf) continue;
          if (place === 'top' && byte === 0x5b) {
            place = 'list';
            continue;
          }
          if (place === 'list' && byte === 0x5d) {
            place = inObject ? 'members' : 'top';
            list = null;
            continue;
          }
          if (place === 'members' && byte === 0x7d) {
            place = 'top';
            inObject = false;
            continue;
          }
          collecting = true;
          from = at - 1;
          if (open.has(byte)) depth = 1;
          else if (byte === quote) inString = true;
          continue;
        }
        if (inString) {
          at = skipString(chunk, at);
          continue;
        }
        at += 1;
        if (byte === quote) {
          inString = true;
          continue;
        }
        if (byte === newline) {
          newlines += 1;
          // A line of JSON Lines that breaks off would swallow all that follow: a bracket at the beginning of the next
          // one, after a first line without an end, begins anew.
          if (place === 'top' && depth > 0 && newlines === 1 && chunk[at] === 0x7b) {
            keep(chunk.subarray(from, at));
            yield finish();
          }
          continue;
        }
        if (open.has(byte)) {
          depth += 1;
          const opened = place !== 'list' && byte === 0x5b ? tryList(chunk, from, at) : undefined;
          if (opened !== undefined) {
            keep(chunk.subarray(from, at));
            const text = Buffer.concat(parts).toString('utf8', 0, headChars);
            if (place === 'top') yield { kind: 'head', text };
            reset();
            list = opened;
            place = 'list';
            inObject = true;
          }
          continue;
        }
        if (close.has(byte)) {
          depth -= 1;
          if (depth > 0) continue;
          if (depth < 0) {
            // The end of what holds this value, which was a bare word or number.
            at -= 1;
            keep(chunk.subarray(from, at));
            const piece = finish();
            if (place !== 'members') yield piece;
            continue;
          }
          keep(chunk.subarray(from, at));
          const piece = finish();
          if (place !== 'members') yield piece;
          continue;
        }
        if (depth === 0 && (byte === 0x2c || isSpace(byte))) {
          keep(chunk.subarray(from, at - 1));
          const piece = finish();
          if (place !== 'members') yield piece;
        }
      }
      if (collecting) keep(chunk.subarray(from));
    },

    *end(): Generator<JsonPiece> {
      if (!collecting || place === 'members') return;
      if (depth > 0 || inString) {
        reset();
        yield { kind: 'lost', reason: 'cut' };
      } else yield finish();
    },
  };

  function skipString(chunk: Buffer, start: number): number {
    let at = start;
    if (escaped) {
      escaped = false;
      at += 1;
    }
    for (;;) {
      const quoteAt = chunk.indexOf(quote, at);
      const end = quoteAt < 0 ? chunk.length : quoteAt;
      const slashAt = chunk.subarray(at, end).indexOf(backslash);
      if (slashAt < 0) {
        if (quoteAt < 0) return chunk.length;
        inString = false;
        return quoteAt + 1;
      }
      at += slashAt + 2;
      if (at > chunk.length) {
        escaped = true;
        return chunk.length;
      }
    }
  }

  /** The name of the member whose value the bracket just read begins, when its elements are wanted. */
  function tryList(chunk: Buffer, from: number, at: number): string | undefined {
    const inside = place === 'members' ? depth === 1 : depth === 2;
    if (!inside || tooLarge) return undefined;
    let before = chunk.toString('latin1', Math.max(from, at - 1 - nameBytes), at - 1);
    // The name may stand in the chunk before.
    if (before.length < nameBytes) before = `${tail.toString('latin1')}${before}`;
    const name = /"([A-Za-z_]{1,40})"\s*:\s*$/.exec(before)?.[1];
    const wanted = name !== undefined && (lists.has(name) || (place === 'members' && laterLists.has(name)));
    return wanted ? name : undefined;
  }
}
