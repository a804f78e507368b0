import path from 'node:path';

import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const [outDir] = process.argv.slice(2);
if (outDir === undefined) throw new Error('Usage: build-window-child.ts FOLDER');

await build({
  configFile: false,
  root: path.resolve(import.meta.dirname, '../../../renderer'),
  base: './',
  logLevel: 'warn',
  plugins: [react(), tailwind()],
  worker: { format: 'es' },
  build: { outDir, emptyOutDir: true, target: 'chrome140', assetsInlineLimit: 0, chunkSizeWarningLimit: 2_000 },
});
