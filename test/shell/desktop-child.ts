import { registerHooks } from 'node:module';

// Puts the played Electron in the place of the real one, then starts the app as Electron would.
const played = new URL('./played-electron.ts', import.meta.url).href;
const withDefault = 'played:default';

registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'electron') return next(specifier, context);
    // electron-store takes the module's default, which the real one has.
    return context.parentURL?.includes('electron-store') === true
      ? { url: withDefault, format: 'module', shortCircuit: true }
      : { url: played, format: 'module-typescript', shortCircuit: true };
  },
  load(url, context, next) {
    if (url !== withDefault) return next(url, context);
    const source = `import * as all from ${JSON.stringify(played)};\nexport default all;`;
    return { format: 'module', source, shortCircuit: true };
  },
});
await import('../../electron/main.ts');
