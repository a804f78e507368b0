const otherNames: Readonly<Record<string, CodeLanguage>> = {
  console: 'bash',
  cjs: 'javascript',
  golang: 'go',
  h: 'c',
  htm: 'html',
  js: 'javascript',
  json5: 'json',
  jsonc: 'json',
  jsx: 'tsx',
  kt: 'kotlin',
  mjs: 'javascript',
  patch: 'diff',
  py: 'python',
  python3: 'python',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  svg: 'xml',
  ts: 'typescript',
  yml: 'yaml',
  zsh: 'bash',
};

/** The languages whose code is coloured. */
export const codeLanguages = [
  'bash',
  'c',
  'css',
  'diff',
  'go',
  'html',
  'java',
  'javascript',
  'json',
  'kotlin',
  'python',
  'rust',
  'sql',
  'swift',
  'toml',
  'tsx',
  'typescript',
  'xml',
  'yaml',
] as const;
export type CodeLanguage = (typeof codeLanguages)[number];

/** The language that a model named after a code fence; undefined when we have no colours for it. */
export function tryCodeLanguage(name: string): CodeLanguage | undefined {
  const known = name.toLowerCase();
  if (Object.hasOwn(otherNames, known)) return otherNames[known];
  return codeLanguages.find((language) => language === known);
}
