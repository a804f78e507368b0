import type { TFunction } from 'i18next';

import type { Preset } from '../../shared/contract/index.ts';
import {
  isEmptySetup,
  type ConversationSetup,
  type TurnParameters,
  type TurnSetup,
} from '../../shared/model/turn-setup.ts';

const builtIn = {
  writer: { temperature: 0.9 },
  translator: { temperature: 0.2 },
  proofreader: { temperature: 0.2 },
  programmer: { temperature: 0.2 },
  teacher: {},
  ideas: { temperature: 1.1 },
} as const satisfies Readonly<Record<string, TurnParameters>>;

const names = ['writer', 'translator', 'proofreader', 'programmer', 'teacher', 'ideas'] as const;

/** The roles that come with the app, in the language of the window. */
export function builtInRoles(t: TFunction<'setup'>): Preset[] {
  return names.map((name) => ({
    id: `built-in ${name}`,
    name: t(`builtIn.${name}.name`),
    setup: { systemPrompt: t(`builtIn.${name}.prompt`), modelId: null, parameters: builtIn[name] },
  }));
}

/** What to call that which a conversation sets; null when it sets nothing. */
export function roleName(t: TFunction<'setup'>, setup: ConversationSetup, roles: readonly Preset[]): string | null {
  const role = roles.find(({ id }) => id === setup.presetId);
  if (role !== undefined) return isSameSetup(role.setup, setup) ? role.name : t('changedRole', { name: role.name });
  return isEmptySetup(setup) ? null : t('ownSetup');
}

export function isSameSetup(left: TurnSetup, right: TurnSetup): boolean {
  return (
    left.systemPrompt === right.systemPrompt &&
    left.modelId === right.modelId &&
    write(left.parameters) === write(right.parameters)
  );
}

function write(parameters: TurnParameters): string {
  return JSON.stringify(Object.entries(parameters).toSorted(([left], [right]) => left.localeCompare(right)));
}
