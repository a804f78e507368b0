import path from 'node:path';

import { environmentForNode24, findNode24 } from './setup/node24.mjs';
import { repository, runScript } from './setup/repository.mjs';
import { runProcess } from './setup/run-process.mjs';

await runScript(async () => {
  const generator = path.join(repository, 'test/model/make-model.ts');
  const { code } = await runProcess(findNode24(), [generator, ...process.argv.slice(2)], {
    env: { INIT_CWD: process.cwd(), ...environmentForNode24() },
    inherit: true,
  });
  return code;
});
