import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

import { pdfFiles } from '../../../../vite.config.ts';

// A process of its own: inside a test run, Vite takes the environment of the runner for that of the page.
await build({
  configFile: false,
  root: import.meta.dirname,
  base: './',
  logLevel: 'warn',
  plugins: [react(), tailwind(), pdfFiles],
  worker: { format: 'es' },
  build: {
    outDir: process.argv[2] ?? 'dist',
    emptyOutDir: true,
    target: 'chrome140',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2_000,
  },
});
