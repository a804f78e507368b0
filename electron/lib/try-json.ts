/** Undefined for text that is no JSON: what was stored once must not keep the rest from being read. */
export function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
