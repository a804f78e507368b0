import { expect, test } from 'vitest';

import { createI18n } from '../../../renderer/app/i18n.ts';
import { builtInRoles, roleName } from '../../../renderer/setup/roles.ts';
import { conversationSetupSchema } from '../../../shared/contract/setups.ts';
import { emptySetup } from '../../../shared/model/turn-setup.ts';

test.each(['en', 'zh'] as const)('the roles that come with the app can be set and are told apart (%s)', (language) => {
  const t = createI18n(language).getFixedT(language, 'setup');
  const roles = builtInRoles(t);
  expect(roles.length).toBeGreaterThan(4);
  expect(new Set(roles.map(({ name }) => name)).size).toBe(roles.length);
  for (const { id, name, setup } of roles) {
    const chosen = conversationSetupSchema.parse({ ...setup, presetId: id });
    expect(roleName(t, chosen, roles)).toBe(name);
    expect(roleName(t, { ...chosen, modelId: 'other' }, roles)).toContain(name);
    expect(roleName(t, { ...chosen, modelId: 'other' }, roles)).not.toBe(name);
  }
  expect(roleName(t, emptySetup, roles)).toBeNull();
  expect(roleName(t, { ...emptySetup, systemPrompt: 'x' }, roles)).toBe(t('ownSetup'));
});
