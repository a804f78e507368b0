import path from 'node:path';

import { listBenchmarks, planBench } from './setup/benchmarks.mjs';
import { ensureBuilt } from './setup/built.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { environmentForNode24, findNode24 } from './setup/node24.mjs';
import { ensureStarterModel } from './setup/placeholder-model.mjs';
import { repository, runScript, SetupError } from './setup/repository.mjs';
import { runProcess } from './setup/run-process.mjs';

const folder = path.join(repository, 'test/bench');

await runScript(async () => {
  const plan = planBench(process.argv.slice(2), listBenchmarks(folder));
  if ('problem' in plan) throw new SetupError(plan.problem);
  if ('list' in plan) {
    console.log(plan.list);
    return 0;
  }
  await ensureInstalled();
  await ensureBuilt();
  await ensureStarterModel();
  const script = path.join(folder, `${plan.run}.ts`);
  const result = await runProcess(findNode24(), [script, ...plan.args], {
    cwd: repository,
    env: environmentForNode24(),
    inherit: true,
  });
  return result.code;
});
