import type { Preset } from '../../shared/contract/index.ts';
import type { ConversationSetup, TurnSetup } from '../../shared/model/turn-setup.ts';

/** What conversations set for their answers. Kept apart from them, so that lists need not read it. */
export interface StoredSetups {
  /** Undefined when nothing was set. */
  find(conversationId: string): ConversationSetup | undefined;
  set(conversationId: string, setup: ConversationSetup): void;
}

export interface StoredPresets {
  /** By name. */
  all(): Preset[];
  find(presetId: string): Preset | undefined;
  insert(preset: Preset, atMs: number): void;
  update(presetId: string, change: { readonly name: string; readonly setup: TurnSetup }): void;
  /** False when there is no such preset. */
  remove(presetId: string, atMs: number): boolean;
  restore(presetId: string): boolean;
}
