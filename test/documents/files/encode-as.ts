const tables = new Map<string, ReadonlyMap<string, readonly number[]>>();

/** Node decodes old encodings and does not write them; what it decodes says how they are written. */
export function encodeAs(text: string, encoding: string): Buffer {
  let table = tables.get(encoding);
  if (table === undefined) {
    table = tableOf(encoding);
    tables.set(encoding, table);
  }
  const bytes: number[] = [];
  for (const character of text) {
    const code = table.get(character);
    if (code === undefined) throw new Error(`${encoding} has no ${character}.`);
    bytes.push(...code);
  }
  return Buffer.from(bytes);
}

function tableOf(encoding: string): ReadonlyMap<string, readonly number[]> {
  const table = new Map<string, readonly number[]>();
  const decoder = new TextDecoder(encoding);
  const add = (code: readonly number[]): void => {
    const text = decoder.decode(Uint8Array.from(code));
    if ([...text].length === 1 && text !== '\uFFFD' && !table.has(text)) table.set(text, code);
  };
  for (let first = 0; first < 256; first += 1) add([first]);
  for (let first = 0x81; first < 256; first += 1) {
    for (let second = 0x40; second < 256; second += 1) add([first, second]);
  }
  return table;
}
