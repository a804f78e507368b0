import { describeStep, runChecks, summariseSteps } from './checks/steps.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { runScript } from './setup/repository.mjs';

await runScript(async () => {
  await ensureInstalled();
  const results = await runChecks((result) => console.log(describeStep(result)));
  console.log(summariseSteps(results));
  return results.length > 0 && results.every((result) => result.passed) ? 0 : 1;
});
