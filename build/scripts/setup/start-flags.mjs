import path from 'node:path';

/**
 * @typedef {object} StartPlan
 * @property {'help'} [show]
 * @property {string} [problem] what is wrong with the flags, for people
 * @property {boolean} headless
 * @property {string[]} forwarded the flags for the host, with absolute paths
 */

export const startHelp = `Usage: npm start -- [flags]

  --headless        no window: serve the web page on this machine
  --port N          port of the web page; 0 takes any free one (default 25293)
  --data-dir DIR    where conversations and settings are kept (also CLAWDBOT_HOME)
  --model FILE      also offer this model file (.gguf); may be given several times
  --config FILE     settings of the host in YAML
  --no-open         do not open the browser
  --help            show this

The first start installs the locked dependencies and builds; later ones skip what is done.`;

/** @type {Readonly<Record<string, 'switch' | 'path' | 'port'>>} */
const kinds = {
  '--headless': 'switch',
  '--no-open': 'switch',
  '--port': 'port',
  '--data-dir': 'path',
  '--model': 'path',
  '--config': 'path',
};

/**
 * Reads the flags of `npm start` before anything is installed, so that a mistake is said at once.
 *
 * @param {readonly string[]} args
 * @param {string} from the folder relative paths start at
 * @returns {StartPlan}
 */
export function planStart(args, from) {
  /** @type {StartPlan} */
  const plan = { headless: false, forwarded: [] };
  for (let index = 0; index < args.length; index += 1) {
    const [flag, inline] = splitFlag(args[index] ?? '');
    if (flag === '--help' || flag === '-h') return { ...plan, show: 'help' };
    const kind = kinds[flag];
    if (kind === undefined) return { ...plan, problem: `"${flag}" is not a flag of Clawdbot.` };
    if (kind === 'switch') {
      if (inline !== undefined) return { ...plan, problem: `${flag} takes no value.` };
      if (flag === '--headless') plan.headless = true;
      else plan.forwarded.push(flag);
      continue;
    }
    const value = inline ?? args[(index += 1)];
    if (value === undefined || value === '' || (inline === undefined && value.startsWith('--'))) {
      return { ...plan, problem: `${flag} needs ${kind === 'port' ? 'a number' : 'a path'} after it.` };
    }
    if (kind === 'port' && !isPort(value)) {
      return { ...plan, problem: `--port needs a whole number from 0 to 65535, not "${value}".` };
    }
    plan.forwarded.push(flag, kind === 'path' ? path.resolve(from, value) : value);
  }
  return plan;
}

/**
 * @param {string} argument
 * @returns {[string, string | undefined]}
 */
function splitFlag(argument) {
  const equals = argument.startsWith('--') ? argument.indexOf('=') : -1;
  return equals === -1 ? [argument, undefined] : [argument.slice(0, equals), argument.slice(equals + 1)];
}

/** @param {string} text */
function isPort(text) {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
}
