/** Rows that are still being filled; more of them waste fewer tokens at the ends. */
const openRows = 24;

/**
 * Packs conversations into rows of `contextTokens`, each conversation whole, the end of a row filled with zeros. Longer
 * conversations are left out. Ends after `rowCount` rows.
 */
export function packRows(samples: Iterable<readonly number[]>, contextTokens: number, rowCount: number): Uint16Array {
  const packed = new Uint16Array(rowCount * contextTokens);
  const open: { tokens: number[] }[] = [];
  let written = 0;
  const close = (tokens: readonly number[]): void => {
    packed.set(tokens, written * contextTokens);
    written += 1;
  };
  for (const sample of samples) {
    if (sample.length > contextTokens) continue;
    let row = open.find(({ tokens }) => tokens.length + sample.length <= contextTokens);
    if (row === undefined) {
      if (open.length === openRows) {
        const fullest = open.reduce((most, each) => (each.tokens.length > most.tokens.length ? each : most));
        open.splice(open.indexOf(fullest), 1);
        close(fullest.tokens);
        if (written === rowCount) return packed;
      }
      row = { tokens: [] };
      open.push(row);
    }
    row.tokens.push(...sample);
  }
  for (const { tokens } of open) if (written < rowCount) close(tokens);
  return packed;
}
