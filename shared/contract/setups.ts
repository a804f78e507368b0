import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import {
  parameterRanges,
  presetNameLimitChars,
  setupCollectionsLimit,
  systemPromptLimitChars,
  type ConversationSetup,
  type TurnParameters,
  type TurnSetup,
} from '../model/turn-setup.ts';
import { declaredErrors } from './errors.ts';

const base = oc.errors(declaredErrors);
const id = z.string().min(1).max(64);

const within = ([from, to]: readonly [number, number]) => z.number().min(from).max(to);
const wholeWithin = ([from, to]: readonly [number, number]) => z.number().int().min(from).max(to);

const parametersSchema = z.object({
  temperature: within(parameterRanges.temperature).exactOptional(),
  topP: within(parameterRanges.topP).exactOptional(),
  topK: wholeWithin(parameterRanges.topK).exactOptional(),
  minP: within(parameterRanges.minP).exactOptional(),
  repeatPenalty: within(parameterRanges.repeatPenalty).exactOptional(),
  maxTokens: wholeWithin(parameterRanges.maxTokens).exactOptional(),
  seed: wholeWithin(parameterRanges.seed).exactOptional(),
  thinking: z.boolean().exactOptional(),
}) satisfies z.ZodType<TurnParameters>;

export const turnSetupSchema = z.object({
  systemPrompt: z.string().max(systemPromptLimitChars).nullable(),
  modelId: z.string().min(1).max(300).nullable(),
  parameters: parametersSchema,
}) satisfies z.ZodType<TurnSetup>;

export const conversationSetupSchema = turnSetupSchema.extend({
  presetId: id.nullable(),
  collectionIds: z.array(id).max(setupCollectionsLimit).readonly().exactOptional(),
}) satisfies z.ZodType<ConversationSetup>;

/** A setup under a name, to begin conversations with. */
export const presetSchema = z.object({ id, name: z.string(), setup: turnSetupSchema });
export type Preset = z.infer<typeof presetSchema>;

const byConversation = z.object({ conversationId: id });
const byPreset = z.object({ presetId: id });
const presetInput = z.object({ name: z.string().trim().min(1).max(presetNameLimitChars), setup: turnSetupSchema });

export const setupsContract = {
  /** What a conversation sets for its answers: now, and again after every change. */
  watch: base.input(byConversation).output(eventIterator(conversationSetupSchema)),
  /** Counts from the next answer on. */
  set: base.input(byConversation.extend({ setup: conversationSetupSchema })).output(conversationSetupSchema),
};

export const presetsContract = {
  /** The person's own presets by name: now, and again after every change. */
  watch: base.output(eventIterator(z.array(presetSchema))),
  create: base.input(presetInput).output(presetSchema),
  /** Conversations that were begun with it stay as they are. */
  update: base.input(presetInput.extend(byPreset.shape)).output(presetSchema),
  /** Hides it; `restore` brings it back for 30 days. */
  remove: base.input(byPreset).output(z.object({})),
  restore: base.input(byPreset).output(presetSchema),
};
