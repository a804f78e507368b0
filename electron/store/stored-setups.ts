import type { Preset } from '../../shared/contract/index.ts';
import { conversationSetupSchema, turnSetupSchema } from '../../shared/contract/setups.ts';
import { emptySetup } from '../../shared/model/turn-setup.ts';
import { tryJson } from '../lib/try-json.ts';
import type { Database } from './database.ts';
import { build } from './query-builder.ts';
import { condemned } from './stored-bin.ts';
import type { StoredPresets, StoredSetups } from './setups.ts';

export function createStoredSetups(database: Database): StoredSetups {
  return {
    find(conversationId) {
      const row = database.first(
        build.selectFrom('conversation_setups').select('setup').where('conversation_id', '=', conversationId).compile(),
      );
      return row && conversationSetupSchema.safeParse(tryJson(row.setup)).data;
    },
    set(conversationId, setup) {
      const row = { conversation_id: conversationId, setup: JSON.stringify(setup) };
      const change = build
        .insertInto('conversation_setups')
        .values(row)
        .onConflict((on) => on.column('conversation_id').doUpdateSet(row));
      database.run(change.compile());
    },
  };
}

export function createStoredPresets(database: Database): StoredPresets {
  const shown = () => build.selectFrom('presets').select(['id', 'name', 'setup']).where('removed_at', 'is', null);
  const setRemoved = (presetId: string, removedAt: number | null): boolean => {
    const found = build
      .updateTable('presets')
      .set({ removed_at: removedAt })
      .where('id', '=', presetId)
      .where('removed_at', removedAt === null ? '>' : 'is', removedAt === null ? condemned : null);
    return database.run(found.compile()) > 0;
  };

  return {
    all: () => database.all(shown().orderBy('name').orderBy('id').compile()).map(toPreset),
    find(presetId) {
      const row = database.first(shown().where('id', '=', presetId).compile());
      return row && toPreset(row);
    },
    insert({ id, name, setup }, atMs) {
      const row = { id, name, setup: JSON.stringify(setup), created_at: atMs, removed_at: null };
      database.run(build.insertInto('presets').values(row).compile());
    },
    update(presetId, { name, setup }) {
      const change = { name, setup: JSON.stringify(setup) };
      database.run(build.updateTable('presets').set(change).where('id', '=', presetId).compile());
    },
    remove: setRemoved,
    restore: (presetId) => setRemoved(presetId, null),
  };
}

/** What another version wrote and this one cannot read sets nothing. */
function toPreset({ id, name, setup }: { id: string; name: string; setup: string }): Preset {
  const { presetId: _, ...empty } = emptySetup;
  return { id, name, setup: turnSetupSchema.safeParse(tryJson(setup)).data ?? empty };
}
