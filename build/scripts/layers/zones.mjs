/**
 * Who may import whom, as docs/ARCHITECTURE.md has it. A target is a zone; `type` in front of it allows only
 * `import type`.
 *
 * @typedef {object} Zone
 * @property {string} name
 * @property {RegExp} files
 * @property {readonly string[]} may zones besides itself
 * @property {boolean} builtins whether it may use what Node brings
 * @property {RegExp} packages whether it may use a package, by its name
 */

const none = /^(?!)/;
const sharedTypes = ['shared/model', 'shared/errors', 'shared/contract', 'shared/plugin-api'];

/** Packages only one place may import, wherever the name turns up. @type {readonly { packages: RegExp, only: RegExp, where: string }[]} */
export const packageHomes = [
  {
    packages: /^electron(-store)?$/,
    only: /^electron\/(shell\/|main\.ts$)/,
    where: 'electron/shell and electron/main.ts',
  },
  {
    packages: /^node-llama-cpp$/,
    only: /^(electron\/engine\/host|test\/(bench|model|starter))\//,
    where: 'electron/engine/host',
  },
  {
    packages: /^koffi$/,
    only: /^electron\/engine\/host\/native\//,
    where: 'electron/engine/host/native',
  },
  {
    packages: /^(unpdf|htmlparser2|dicom-parser)$/,
    only: /^(electron\/documents\/host|test\/(bench|documents))\//,
    where: 'electron/documents/host',
  },
];

/** What runs in Node has no use for the window's packages, and the window none for the server's. */
const nodePackages =
  /^(?!(react|react-dom|react-i18next|@?radix-ui|streamdown|zustand|virtua|cmdk|lucide-react|uplot)$)/;
const windowPackages =
  /^(?!(@orpc\/server|@fastify\/.*|fastify|ws|kysely|better-sqlite3.*|sqlite-vec|pino|conf|yaml|mqtt|prom-client)$)/;
const anyPackage = /./;

/** The folders of electron/ that are services. */
const services =
  'analysis|chat|collections|context|engine|keep|transfer|library|documents|router|privacy|providers|plugins|monitor|store';

/** The files other services and the doors may know a service by; they hold types and nothing else. */
export const interfaceFiles = [
  'electron/analysis/analysis.ts',
  'electron/chat/chat.ts',
  'electron/collections/collections.ts',
  'electron/context/context.ts',
  'electron/documents/dicom-files.ts',
  'electron/documents/document-reader.ts',
  'electron/documents/documents.ts',
  'electron/documents/extractor.ts',
  'electron/engine/engine.ts',
  'electron/keep/keep.ts',
  'electron/library/models.ts',
  'electron/monitor/status.ts',
  'electron/store/answer-sources.ts',
  'electron/privacy/personal-data.ts',
  'electron/store/document-store.ts',
  'electron/store/vector-store.ts',
  'electron/store/folders.ts',
  'electron/store/settings.ts',
  'electron/store/setups.ts',
  'electron/store/archived.ts',
  'electron/store/collections.ts',
  'electron/store/watched-files.ts',
  'electron/store/store.ts',
  'electron/transfer/transfer.ts',
  'electron/transfer/incoming-files.ts',
  'electron/transfer/outgoing-files.ts',
];

const forDoors = ['electron/lib', 'type electron/ports', 'type electron/core', 'type interface', ...sharedTypes];

const forRoots = [...forDoors, 'electron/core', 'service', 'electron/rpc', 'electron/gateway'];

/** The first that fits a file is its zone. @type {readonly Zone[]} */
const zones = [
  zone('shared/model', /^shared\/model\//, ['shared/errors'], none),
  zone('shared/errors', /^shared\/errors\//, ['shared/model'], none),
  zone('shared/contract', /^shared\/contract\//, sharedTypes, /^(zod|@orpc\/contract)$/),
  zone('shared/plugin-api', /^shared\/plugin-api\//, sharedTypes, /^zod$/),

  zone('electron/lib', /^electron\/lib\//, ['shared/errors'], none, true),
  zone(
    'electron/ports',
    /^electron\/ports\.ts$/,
    sharedTypes.map((name) => `type ${name}`),
    none,
  ),
  zone('electron/engine/host', /^electron\/engine\/host\//, sharedTypes, /^(node-llama-cpp|koffi)$/, true),
  zone(
    'electron/documents/host',
    /^electron\/documents\/host\//,
    sharedTypes,
    /^(unpdf|htmlparser2|dicom-parser)$/,
    true,
  ),
  // Pure: any side could use them, and no text that they read can reach anything else.
  zone('electron/privacy/recognise', /^electron\/privacy\/recognise\//, ['shared/model', 'shared/errors'], none),
  zone('electron/rpc', /^electron\/rpc\//, forDoors, nodePackages, true),
  zone('electron/gateway', /^electron\/gateway\//, forDoors, nodePackages, true),
  zone('electron/shell', /^electron\/shell\//, [...forDoors, 'electron/rpc'], nodePackages, true),
  zone(
    'electron/core',
    /^electron\/core\.ts$/,
    ['electron/lib', 'electron/ports', 'service', ...sharedTypes],
    nodePackages,
    true,
  ),
  // The two composition roots build the ports of their host by hand, so they know implementations, but not each other's.
  zone('electron/main', /^electron\/main\.ts$/, [...forRoots, 'electron/shell'], nodePackages, true),
  zone('electron/headless', /^electron\/headless\.ts$/, forRoots, nodePackages, true),
  ...services
    .split('|')
    .map((name) =>
      zone(
        `electron/${name}`,
        new RegExp(`^electron/${name}/(?!host/|recognise/)`),
        ['electron/lib', 'type electron/ports', 'type interface', ...sharedTypes],
        nodePackages,
        true,
      ),
    ),

  zone('renderer/rpc', /^renderer\/rpc\//, forWindow(), windowPackages),
  zone('renderer/ui', /^renderer\/ui\//, forWindow('renderer/rpc'), windowPackages),
  zone('renderer/app', /^renderer\/(app\/|[^/]+$)/, forWindow('renderer'), windowPackages),

  // Programs that make the starter model; nothing that ships imports them.
  zone('models', /^models\//, ['test', 'shared/model'], anyPackage, true),
  zone('test', /^test\//, ['any'], anyPackage, true),
  zone('build', /^build\//, ['test'], anyPackage, true),
  zone('configuration', /^[^/]+$/, [], anyPackage, true),
];

/**
 * @param {string} name
 * @param {RegExp} files
 * @param {readonly string[]} may
 * @param {RegExp} packages
 * @param {boolean} [builtins]
 * @returns {Zone}
 */
function zone(name, files, may, packages, builtins = false) {
  return { name, files, may, packages, builtins };
}

/** @param {...string} more */
function forWindow(...more) {
  return ['type shared/contract', 'shared/model', 'shared/errors', ...more];
}

/**
 * @param {string} file
 * @returns {Zone | null} null where the architecture has no such place
 */
export function zoneOf(file) {
  const known = zones.find((candidate) => candidate.files.test(file));
  if (known !== undefined) return known;
  const feature = /^renderer\/([^/]+)\//.exec(file)?.[1];
  if (feature === undefined) return null;
  const files = new RegExp(`^renderer/${feature}/`);
  return zone(`renderer/${feature}`, files, forWindow('renderer/ui', 'renderer/rpc'), windowPackages);
}

/**
 * Whether code of one zone may import a file.
 *
 * @param {Zone} from
 * @param {string} target the imported file
 * @param {boolean} typeOnly
 */
export function mayImport(from, target, typeOnly) {
  if (from.files.test(target)) return true;
  const to = zoneOf(target);
  const names = [to?.name ?? '', ...groupsOf(target)];
  return from.may.some((entry) => {
    const [name, onlyTypes] = entry.startsWith('type ') ? [entry.slice(5), true] : [entry, false];
    return (name === 'any' || names.includes(name)) && (typeOnly || !onlyTypes);
  });
}

/**
 * Zones that go by more than one name.
 *
 * @param {string} file
 * @returns {string[]}
 */
function groupsOf(file) {
  const groups = [];
  if (interfaceFiles.includes(file)) groups.push('interface');
  if (new RegExp(`^electron/(${services})/`).test(file) && !/^electron\/(engine|documents)\/host\//.test(file)) {
    groups.push('service');
  }
  if (file.startsWith('renderer/')) groups.push('renderer');
  return groups;
}

/** @param {Zone} from */
export function describeMay(from) {
  const words = from.may.map((entry) => {
    if (entry === 'interface' || entry === 'type interface') return 'the interface files of services (import type)';
    if (entry === 'service') return 'the services';
    if (entry === 'any') return 'anything';
    return entry.startsWith('type ') ? `${entry.slice(5)} (import type)` : entry;
  });
  return ['its own folder', ...words].join(', ');
}
