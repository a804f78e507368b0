/** `file:lease`, `file:"annual report"`, `文件：租约`; not the beginning of an address such as `file:///home`. */
const fileTerm = /(?<=^|\s)(?:file|文件)[:：](?!\/\/)(?:"([^"]*)"?|“([^”]*)”?|(\S*))/giu;

/** Takes out of a search what is said about a file's name; `files` are parts of the name, of which each must be in it. */
export function splitFileTerms(query: string): { readonly rest: string; readonly files: string[] } {
  const files: string[] = [];
  const rest = query.replaceAll(fileTerm, (_term, quoted?: string, chinese?: string, bare?: string) => {
    const name = (quoted ?? chinese ?? bare ?? '').trim();
    if (name !== '') files.push(name);
    return '';
  });
  return { rest, files };
}
