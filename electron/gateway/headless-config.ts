import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';

import { settingsChangeSchema } from '../../shared/contract/index.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';

const text = z.string().min(1);
const hostName = z.string().regex(/^[a-z0-9._:-]{1,253}$/i, 'expected a name or an address, without a port');

const configSchema = z.strictObject({
  /** Port of the web page, 0 for any free one. */
  port: z.number().int().min(0).max(65_535).exactOptional(),
  /** Address to listen on; anything but a loopback address opens the host to the network. */
  host: hostName.exactOptional(),
  /** Further names under which a browser may call this host. */
  allowedHosts: z.array(hostName).max(50).exactOptional(),
  dataDir: text.exactOptional(),
  /** One file or several. */
  model: z
    .union([text.transform((file) => [file]), z.array(text).max(100)], { error: 'expected a path or a list of paths' })
    .exactOptional(),
  open: z.boolean().exactOptional(),
  /** Applied at every start. */
  settings: z.strictObject(settingsChangeSchema.shape).exactOptional(),
});

export type HeadlessConfig = z.infer<typeof configSchema>;

const sizeLimitBytes = 1024 * 1024;

/**
 * Reads a configuration file; relative paths in it start at its folder.
 * @throws CONFIG_INVALID naming the file, the key, what is wrong and what is allowed
 */
export function readHeadlessConfig(file: string): HeadlessConfig {
  const document = parseDocument(readText(file), { prettyErrors: true });
  const mistake = document.errors[0];
  if (mistake !== undefined) {
    const [where = ''] = mistake.message.split('\n');
    throw invalid(file, '', `it is not valid YAML: ${where.replace(/[:.]$/, '')}`);
  }
  const value = toPlain(file, () => document.toJS({ maxAliasCount: 100 }));
  const parsed = configSchema.safeParse(value ?? {});
  if (!parsed.success) throw describe(file, parsed.error);
  const config = parsed.data;
  const from = path.dirname(path.resolve(file));
  const absolute = (given: string) => path.resolve(from, given);
  return {
    ...config,
    ...(config.dataDir === undefined ? {} : { dataDir: absolute(config.dataDir) }),
    ...(config.model === undefined ? {} : { model: config.model.map(absolute) }),
  };
}

function readText(file: string): string {
  try {
    if (statSync(file).size > sizeLimitBytes) throw invalid(file, '', 'it is larger than a configuration can be');
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error instanceof ClawdbotError) throw error;
    const reasons: Record<string, string> = { ENOENT: 'there is no such file', EISDIR: 'it is a folder' };
    throw invalid(file, '', reasons[String(error.code)] ?? `it cannot be read (${String(error.code)})`);
  }
}

function toPlain(file: string, read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    throw invalid(file, '', error instanceof Error ? error.message : String(error));
  }
}

function describe(file: string, error: z.ZodError): ClawdbotError {
  const [issue] = error.issues;
  const at = (issue?.path ?? []).map(String).join('.');
  if (issue?.code === 'unrecognized_keys') {
    const key = [at, issue.keys[0] ?? ''].filter((part) => part !== '').join('.');
    const allowed = Object.keys(at === 'settings' ? settingsChangeSchema.shape : configSchema.shape).join(', ');
    return invalid(file, key, `there is no such key; allowed here: ${allowed}`);
  }
  return invalid(file, at, issue?.message ?? 'it has the wrong form');
}

function invalid(file: string, key: string, reason: string): ClawdbotError<'CONFIG_INVALID'> {
  const where = key === '' ? '' : `, key "${key}"`;
  return new ClawdbotError(
    'CONFIG_INVALID',
    `Clawdbot was not started because of its configuration file ${file}${where}: ${reason}.`,
    { path: file, key, reason },
  );
}
