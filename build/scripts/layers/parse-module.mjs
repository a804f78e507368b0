import { parseSync } from 'vite';

/**
 * @typedef {object} Reference
 * @property {string} specifier what is imported, as written; empty where it is computed
 * @property {number} line
 * @property {boolean} typeOnly
 * @property {boolean} reExport whether it hands on what it imports
 */

/**
 * @typedef {object} ParsedModule
 * @property {Reference[]} references
 * @property {boolean} typesOnly whether nothing of it is left when types are removed
 * @property {string | null} failure why it could not be read
 */

/** @typedef {{ type: string, start: number, [key: string]: unknown }} AstNode */

/**
 * Every way in which a module names another: imports and re-exports of values and types, `import('x').T`, `import()`,
 * `require()`, `import x = require()` and `import.meta.glob()`.
 *
 * @param {string} file for the language its name stands for
 * @param {string} source
 * @returns {ParsedModule}
 */
export function parseModule(file, source) {
  const parsed = parseSync(file, source);
  const problem = parsed.errors[0];
  if (problem !== undefined) return { references: [], typesOnly: false, failure: problem.message };
  const program = /** @type {AstNode} */ (/** @type {unknown} */ (parsed.program));
  const lineAt = lineFinder(source);
  /** @type {Reference[]} */
  const references = [];
  visit(program, (node) => {
    const found = readReference(node);
    if (found !== null) references.push({ ...found, line: lineAt(node.start) });
  });
  const body = /** @type {AstNode[]} */ (program['body']);
  return { references, typesOnly: body.every((statement) => isTypeStatement(statement)), failure: null };
}

/**
 * @param {AstNode} node
 * @returns {Omit<Reference, 'line'> | null}
 */
function readReference(node) {
  switch (node.type) {
    case 'ImportDeclaration':
      return { specifier: textOf(node['source']), typeOnly: node['importKind'] === 'type', reExport: false };
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      if (!isNode(node['source'])) return null;
      return { specifier: textOf(node['source']), typeOnly: node['exportKind'] === 'type', reExport: true };
    case 'ImportExpression':
      return { specifier: textOf(node['source']), typeOnly: false, reExport: false };
    case 'TSImportType':
      return { specifier: textOf(node['source'] ?? node['argument']), typeOnly: true, reExport: false };
    case 'TSImportEqualsDeclaration': {
      const place = node['moduleReference'];
      if (!isNode(place) || place.type !== 'TSExternalModuleReference') return null;
      return { specifier: textOf(place['expression']), typeOnly: node['importKind'] === 'type', reExport: false };
    }
    case 'CallExpression':
      return readCall(node);
    default:
      return null;
  }
}

/**
 * @param {AstNode} node
 * @returns {Omit<Reference, 'line'> | null}
 */
function readCall(node) {
  const callee = node['callee'];
  if (!isNode(callee)) return null;
  const isRequire = callee.type === 'Identifier' && callee['name'] === 'require';
  const isGlob =
    callee.type === 'MemberExpression' &&
    isNode(callee['object']) &&
    callee['object'].type === 'MetaProperty' &&
    isNode(callee['property']) &&
    callee['property']['name'] === 'glob';
  if (isGlob) return { specifier: '', typeOnly: false, reExport: false };
  if (!isRequire) return null;
  const [argument] = /** @type {unknown[]} */ (node['arguments']);
  return { specifier: textOf(argument), typeOnly: false, reExport: false };
}

/** @param {AstNode} statement @returns {boolean} */
function isTypeStatement(statement) {
  switch (statement.type) {
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return true;
    case 'ImportDeclaration':
      return statement['importKind'] === 'type';
    case 'ExportAllDeclaration':
      return statement['exportKind'] === 'type';
    case 'ExportNamedDeclaration':
      if (statement['exportKind'] === 'type') return true;
      return isNode(statement['declaration']) && isTypeStatement(statement['declaration']);
    default:
      return false;
  }
}

/**
 * The text of a literal, empty where it is computed.
 *
 * @param {unknown} node
 */
function textOf(node) {
  if (!isNode(node)) return '';
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type === 'TSLiteralType') return textOf(node['literal']);
  if (node.type !== 'TemplateLiteral') return '';
  const quasis = /** @type {{ value: { cooked: string } }[]} */ (node['quasis']);
  return quasis.length === 1 ? (quasis[0]?.value.cooked ?? '') : '';
}

/**
 * @param {AstNode} node
 * @param {(node: AstNode) => void} onNode
 */
function visit(node, onNode) {
  onNode(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) visit(child, onNode);
    }
  }
}

/** @param {unknown} value @returns {value is AstNode} */
function isNode(value) {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** @param {string} source @returns {(offset: number) => number} */
function lineFinder(source) {
  return (offset) => source.slice(0, offset).split('\n').length;
}
