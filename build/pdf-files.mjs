import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Folder in the package, folder beside the page, and which files. @type {readonly (readonly [string, string, RegExp])[]} */
const folders = [
  ['cmaps', 'cmaps', /./],
  ['standard_fonts', 'standard_fonts', /./],
  ['wasm', 'decoders', /_nowasm_fallback\.js$|^LICENSE_(?:PDFJS_)?(?:JBIG2|OPENJPEG)$/],
];

/**
 * Puts beside the page what pdf.js asks for there: character maps and fonts that a file leaves out, and decoders of
 * pictures as scripts, as the content security policy allows no WebAssembly.
 *
 * @returns {import('vite').Plugin}
 */
export function pdfFiles() {
  return {
    name: 'clawdbot:pdf-files',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    generateBundle() {
      const home = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
      for (const [from, to, names] of folders) {
        for (const name of readdirSync(path.join(home, from)).filter((file) => names.test(file))) {
          const source = readFileSync(path.join(home, from, name));
          this.emitFile({ type: 'asset', fileName: `pdf/${to}/${name}`, source });
        }
      }
    },
  };
}
