import { listFiles, reportProblems } from './checks/list-files.mjs';
import { layerExceptions } from './layers/exceptions.mjs';
import { findLayerProblems } from './layers/find-problems.mjs';
import { repository } from './setup/repository.mjs';

const root = process.argv[2] ?? repository;
const exceptions = root === repository ? layerExceptions : [];
const problems = findLayerProblems(root, listFiles(root), exceptions);
process.exitCode = reportProblems(problems, 'Every import, size and name keeps to the architecture.');
