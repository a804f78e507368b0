import { ensureBuilt } from './setup/built.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { runScript } from './setup/repository.mjs';

await runScript(async () => {
  await ensureInstalled();
  await ensureBuilt({ force: true });
  return 0;
});
