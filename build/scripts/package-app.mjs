import path from 'node:path';

import { environmentForNode24, findNode24 } from './setup/node24.mjs';
import { repository, runScript } from './setup/repository.mjs';
import { runProcess } from './setup/run-process.mjs';

// `npm run package [-- electron-builder's own flags]`: the app for the system this runs on, in `release`.
await runScript(async () => {
  const env = environmentForNode24();
  const built = await runProcess(findNode24(), [path.join(repository, 'build/scripts/build.mjs')], {
    env,
    inherit: true,
  });
  if (built.code !== 0) return built.code;
  const builder = path.join(repository, 'node_modules/electron-builder/cli.js');
  const config = path.join(repository, 'build/electron-builder.config.mjs');
  const { code } = await runProcess(findNode24(), [builder, '--config', config, ...process.argv.slice(2)], {
    env,
    inherit: true,
  });
  return code;
});
