import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A control group with a limit of memory, into which processes can be put. */
export interface LimitedGroup extends Disposable {
  /** What Linux counts as used by the processes in it, in bytes. */
  readonly usedBytes: number;
  /** How often Linux has ended a process of it for want of memory. */
  readonly kills: number;
  add(processId: number): void;
}

interface Layout {
  readonly folder: string;
  readonly limit: string;
  readonly swap: string;
  readonly used: string;
  readonly events: string;
}

/**
 * Undefined, with the reason, where this process may not make control groups: in most containers, and for anybody but
 * root. Version 2 is tried where its memory controller is there, otherwise version 1.
 */
export function tryLimitedGroup(limitBytes: number): { group: LimitedGroup } | { reason: string } {
  if (process.platform !== 'linux') return { reason: 'only Linux has control groups' };
  const own = readFileSync('/proc/self/cgroup', 'utf8');
  const reasons: string[] = [];
  for (const layout of layoutsOf(own)) {
    try {
      return { group: createGroup(layout, limitBytes) };
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { reason: reasons.join('; ') || 'there is no memory controller' };
}

function layoutsOf(own: string): Layout[] {
  const first = /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(.*)$/m.exec(own)?.[1];
  const second = /^0::(.*)$/m.exec(own)?.[1];
  const name = `clawdbot-test-${process.pid}-${Date.now()}`;
  const layouts: Layout[] = [];
  const root = '/sys/fs/cgroup';
  if (second !== undefined && existsSync(path.join(root, 'cgroup.controllers'))) {
    // Processes may only live in groups without further groups in them, so the new one lies beside the own one.
    const folder = path.join(root, path.dirname(second), name);
    layouts.push({
      folder,
      limit: 'memory.max',
      swap: 'memory.swap.max',
      used: 'memory.current',
      events: 'memory.events',
    });
  }
  if (first !== undefined) {
    layouts.push({
      folder: path.join(root, 'memory', first, name),
      limit: 'memory.limit_in_bytes',
      swap: 'memory.swappiness',
      used: 'memory.usage_in_bytes',
      events: 'memory.oom_control',
    });
  }
  return layouts;
}

function createGroup({ folder, limit, swap, used, events }: Layout, limitBytes: number): LimitedGroup {
  const file = (name: string): string => path.join(folder, name);
  mkdirSync(folder);
  const end = (): void => rmdirSync(folder);
  try {
    if (!existsSync(file(limit))) throw new Error(`there is no ${limit} in ${folder}`);
    writeFileSync(file(limit), String(limitBytes));
    if (existsSync(file(swap))) writeFileSync(file(swap), '0');
  } catch (error) {
    end();
    throw error;
  }
  return {
    get usedBytes() {
      return Number(readFileSync(file(used), 'utf8'));
    },
    get kills() {
      return Number(/^oom_kill (\d+)$/m.exec(readFileSync(file(events), 'utf8'))?.[1] ?? 0);
    },
    add: (processId) => writeFileSync(file('cgroup.procs'), String(processId)),
    [Symbol.dispose]: end,
  };
}

const taskset = '/usr/bin/taskset';

/** Lets a process run on two cores only; false where that cannot be said. */
export function keepToTwoCores(processId: number): boolean {
  return spawnSync(taskset, ['-a', '-p', '-c', '0,1', String(processId)], { stdio: 'ignore' }).status === 0;
}
