import path from 'node:path';

import { ensureInstalled } from './setup/install.mjs';
import { environmentForNode24, findNode24 } from './setup/node24.mjs';
import { repository, runScript, SetupError } from './setup/repository.mjs';
import { runProcess } from './setup/run-process.mjs';

/** Each a file of its name in test/campaign. */
const campaigns = ['crash'];

await runScript(async () => {
  const [name, ...args] = process.argv.slice(2);
  const usage = `Campaigns: ${campaigns.join(', ')}\n\nUsage: npm run campaign -- NAME [--rounds N] [--seed S]`;
  if (name === undefined || name === '--help') {
    console.log(usage);
    return 0;
  }
  if (!campaigns.includes(name)) throw new SetupError(`There is no campaign "${name}".\n\n${usage}`);
  await ensureInstalled();
  const script = path.join(repository, 'test/campaign', `${name}.ts`);
  const result = await runProcess(findNode24(), [script, ...args], {
    cwd: repository,
    env: environmentForNode24(),
    inherit: true,
  });
  return result.code;
});
