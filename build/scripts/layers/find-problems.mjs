import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';

import { findCycles } from './cycles.mjs';
import { findNameProblems, findSizeProblems, isSource } from './names-and-sizes.mjs';
import { parseModule } from './parse-module.mjs';
import { describeMay, interfaceFiles, mayImport, packageHomes, zoneOf } from './zones.mjs';

/**
 * @typedef {import('../checks/list-files.mjs').Problem} Problem
 * @typedef {import('./parse-module.mjs').Reference} Reference
 * @typedef {import('./zones.mjs').Zone} Zone
 * @typedef {{ target: string, line: number }} Edge
 */

/** The one place whose purpose is to hand on what others export. */
const barrels = ['shared/contract/index.ts'];
const isCode = /\.(?:ts|tsx|mts|cts|js|jsx|mjs|cjs)$/;
const isProduct = /^(?:electron|renderer|shared)\//;

/**
 * Everything the rules of the architecture forbid in a tree.
 *
 * @param {string} root
 * @param {readonly string[]} files of the tree, relative to the root, with slashes
 * @param {readonly import('./exceptions.mjs').LayerException[]} exceptions
 * @returns {Problem[]}
 */
export function findLayerProblems(root, files, exceptions) {
  const known = new Set(files);
  /** @type {Problem[]} */
  const problems = [];
  /** @type {Map<string, Edge[]>} */
  const edges = new Map();
  for (const file of files) {
    problems.push(...findNameProblems(file));
    if (!isSource(file)) continue;
    const source = readFileSync(path.join(root, file), 'utf8');
    problems.push(...findSizeProblems(file, source));
    if (!isCode.test(file)) continue;
    const { edges: found, problems: ofFile } = checkModule(file, source, known);
    edges.set(file, found);
    problems.push(...ofFile);
  }
  problems.push(...describeCycles(edges));
  return applyExceptions(problems, exceptions);
}

/**
 * @param {string} file
 * @param {string} source
 * @param {ReadonlySet<string>} known
 */
function checkModule(file, source, known) {
  const parsed = parseModule(file, source);
  /** @type {Edge[]} */
  const edges = [];
  /** @type {Problem[]} */
  const problems = [];
  /** @param {number} line @param {string} rule @param {string} message */
  const report = (line, rule, message) => problems.push({ file, line, rule, message });
  if (parsed.failure !== null) report(1, 'unreadable', `It cannot be parsed: ${parsed.failure}`);
  const zone = zoneOf(file);
  if (zone === null) {
    report(
      1,
      'unknown-place',
      'The architecture has no such folder. Use an existing one, or add it to docs/ARCHITECTURE.md and zones.mjs.',
    );
    return { edges, problems };
  }
  if (interfaceFiles.includes(file) && !parsed.typesOnly) {
    report(1, 'interface-file', 'An interface file holds types only. Move the code into a file of its own.');
  }
  for (const reference of parsed.references) {
    const target = checkReference(file, zone, reference, known, report);
    if (target !== null) edges.push({ target, line: reference.line });
  }
  return { edges, problems };
}

/**
 * @param {string} file
 * @param {Zone} zone
 * @param {Reference} reference
 * @param {ReadonlySet<string>} known
 * @param {(line: number, rule: string, message: string) => void} report
 * @returns {string | null} the imported file, where it is one of ours
 */
function checkReference(file, zone, { specifier, line, typeOnly, reExport }, known, report) {
  if (specifier === '') {
    if (isProduct.test(file)) {
      report(
        line,
        'computed-import',
        'What is imported is computed, so nobody can check it. Write the path as plain text.',
      );
    }
    return null;
  }
  if (!specifier.startsWith('.')) {
    checkPackage(file, zone, specifier, (rule, message) => report(line, rule, message));
    return null;
  }
  const target = path.posix.join(path.posix.dirname(file), specifier.replace(/\?.*$/, ''));
  if (!known.has(target)) {
    report(
      line,
      'unresolved-import',
      `"${specifier}" names no file of the repository. Write the whole name with its extension.`,
    );
    return null;
  }
  if (!mayImport(zone, target, typeOnly)) {
    const how = typeOnly || !mayImport(zone, target, true) ? '' : ' Use import type, or ask its service for it.';
    report(line, 'layer', `${zone.name} may not import ${target}.${how} It may import ${describeMay(zone)}.`);
  }
  if (reExport && isProduct.test(file) && !barrels.includes(file)) {
    report(line, 're-export', `It hands on ${target}. Let those who need it import it from there.`);
  }
  return target;
}

/**
 * @param {string} file
 * @param {Zone} zone
 * @param {string} specifier
 * @param {(rule: string, message: string) => void} report
 */
function checkPackage(file, zone, specifier, report) {
  if (isBuiltin(specifier)) {
    if (zone.builtins) return;
    report(
      'layer',
      `${zone.name} may not import ${specifier}: it also runs where there is no Node. Take it as a parameter.`,
    );
    return;
  }
  if (/^(?:\/|#|[a-z]+:)/.test(specifier)) {
    report('unresolved-import', `"${specifier}" is no place to import from. Use a relative path or a package.`);
    return;
  }
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const home = packageHomes.find(({ packages }) => packages.test(name));
  if (home !== undefined) {
    if (!home.only.test(file)) {
      report('package-home', `Only ${home.where} may import ${name}. Ask for what it gives through a port.`);
    }
    return;
  }
  if (!zone.packages.test(name)) report('layer', `${zone.name} may not import the package ${name}.`);
}

/**
 * @param {ReadonlyMap<string, readonly Edge[]>} edges
 * @returns {Problem[]}
 */
function describeCycles(edges) {
  const graph = new Map([...edges].map(([file, found]) => [file, found.map(({ target }) => target)]));
  return findCycles(graph).map((circle) => {
    const [file = '', next] = circle;
    const line = edges.get(file)?.find(({ target }) => target === next)?.line ?? 1;
    const message = `These import each other: ${circle.join(' -> ')}. Move what they share into a file of its own.`;
    return { file, line, rule: 'cycle', message };
  });
}

/**
 * @param {readonly Problem[]} problems
 * @param {readonly import('./exceptions.mjs').LayerException[]} exceptions
 * @returns {Problem[]}
 */
function applyExceptions(problems, exceptions) {
  /** @param {Problem} problem @param {import('./exceptions.mjs').LayerException} exception */
  const fits = (problem, exception) => problem.rule === exception.rule && problem.file === exception.file;
  const left = problems.filter((problem) => !exceptions.some((exception) => fits(problem, exception)));
  const stale = exceptions.filter((exception) => !problems.some((problem) => fits(problem, exception)));
  return [
    ...left,
    ...stale.map(({ rule, file }) => ({
      file,
      line: 1,
      rule: 'stale-exception',
      message: `It no longer breaks the rule "${rule}". Remove its line from build/scripts/layers/exceptions.mjs.`,
    })),
  ];
}
