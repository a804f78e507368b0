import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { findLicenceProblems, shippedPackages } from './checks/licences.mjs';
import { repository } from './setup/repository.mjs';

const lock = JSON.parse(readFileSync(path.join(repository, 'package-lock.json'), 'utf8'));
const packages = shippedPackages(lock).map((name) => {
  // What is installed says it best; the lock file speaks for the packages of other platforms.
  const file = path.join(repository, name, 'package.json');
  const entry = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : lock.packages[name];
  return { name, licence: entry.license };
});
const problems = findLicenceProblems(packages);
for (const problem of problems) console.log(problem);
console.log(`${packages.length} packages ship; ${problems.length} of them need a look.`);
process.exitCode = problems.length === 0 && packages.length > 0 ? 0 : 1;
