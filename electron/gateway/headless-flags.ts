import { parseArgs } from 'node:util';

import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';

/** What was written on the command line; absent where nothing was. */
export interface HeadlessFlags {
  readonly port?: number;
  readonly dataDirectory?: string;
  readonly models: readonly string[];
  readonly open?: false;
  readonly config?: string;
  readonly show?: 'help' | 'version';
}

const known = {
  port: { type: 'string' },
  'data-dir': { type: 'string' },
  model: { type: 'string', multiple: true },
  'no-open': { type: 'boolean' },
  headless: { type: 'boolean' },
  config: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

export const helpText = `Clawdbot, a private assistant whose model runs on this machine.

Usage: clawdbot [flags]

  --port N         port of the web page on this machine, 0 for any free one (default 25293)
  --data-dir DIR   where conversations, settings and models are kept (also CLAWDBOT_HOME)
  --model FILE     offer this model file (.gguf) too; may be given several times
  --config FILE    read settings of this host from a YAML file; flags win over it
  --no-open        do not open the browser
  --headless       accepted and without effect: this host never has a window
  --version        show the version
  --help           show this
`;

/** @throws FLAG_INVALID naming the flag and what it takes */
export function parseHeadlessFlags(args: readonly string[]): HeadlessFlags {
  const values = parse(args);
  for (const name of ['data-dir', 'config'] as const) if (values[name] === '') throw needsPath(`--${name}`);
  if (values.model?.includes('') === true) throw needsPath('--model');
  return {
    models: values.model ?? [],
    ...(values.port === undefined ? {} : { port: parsePort(values.port) }),
    ...(values['data-dir'] === undefined ? {} : { dataDirectory: values['data-dir'] }),
    ...(values['no-open'] === true ? { open: false as const } : {}),
    ...(values.config === undefined ? {} : { config: values.config }),
    ...(values.help === true ? { show: 'help' as const } : values.version === true ? { show: 'version' as const } : {}),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: known, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const message = error instanceof Error ? error.message : String(error);
    const flag = /'(?:-\w, )?(--?[^\s'=<]+)/.exec(message)?.[1] ?? /'([^']*)'/.exec(message)?.[1] ?? '';
    switch (code) {
      case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
        throw invalid(flag, `there is no flag ${flag}`);
      case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
        throw invalid(flag, `"${flag}" does not belong to a flag`);
      case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
        throw invalid(
          flag,
          message.includes('does not take') ? `${flag} takes no value` : `${flag} needs a value after it`,
        );
      default:
        throw error;
    }
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw invalid('--port', `--port needs a whole number from 0 to 65535, not "${text}"`);
}

function needsPath(flag: string): ClawdbotError {
  return invalid(flag, `${flag} needs a path after it`);
}

function invalid(flag: string, reason: string): ClawdbotError {
  return new ClawdbotError('FLAG_INVALID', `Clawdbot was not started: ${reason}. See --help for all flags.`, {
    flag,
    reason,
  });
}
