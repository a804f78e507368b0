import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { healthPath } from './access.ts';

/** Why listening failed, in words for the person who chose the address. */
export async function toListenError(error: unknown, port: number, host: string): Promise<unknown> {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    const who = (await isClawdbot(port)) ? 'another Clawdbot' : 'another program';
    return new ClawdbotError(
      'PORT_IN_USE',
      `Port ${port} is in use by ${who}. Quit it, or start with --port 0 to take any free port.`,
      { port },
      { cause: error },
    );
  }
  if (code === 'EACCES') {
    const reason = `this user may not listen on port ${port}`;
    return new ClawdbotError(
      'FLAG_INVALID',
      `Clawdbot cannot start: ${reason}. Choose one of 1024 or above with --port.`,
      { flag: '--port', reason },
      { cause: error },
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const reason = `this machine has no address ${host}`;
    return new ClawdbotError(
      'CONFIG_INVALID',
      `Clawdbot cannot start: ${reason}. Set "host" in the configuration file to 127.0.0.1 or to one of its addresses.`,
      { path: '', key: 'host', reason },
      { cause: error },
    );
  }
  return error;
}

/** Whether the program that has the port answers as Clawdbot does. */
async function isClawdbot(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${healthPath}`, {
      redirect: 'error',
      signal: AbortSignal.timeout(1_000),
    });
    return (await response.text()).slice(0, 200).includes('"app":"clawdbot"');
  } catch {
    return false;
  }
}
