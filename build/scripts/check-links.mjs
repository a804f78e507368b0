import { findDeadLinks } from './checks/links.mjs';
import { listFiles, reportProblems } from './checks/list-files.mjs';
import { repository } from './setup/repository.mjs';

const root = process.argv[2] ?? repository;
process.exitCode = reportProblems(findDeadLinks(root, listFiles(root)), 'Every link leads somewhere.');
