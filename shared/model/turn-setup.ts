/** How answers are written. What is left out is as the model's side has it. */
export interface TurnParameters {
  /** 0 is always the most probable word; more is more surprising. */
  readonly temperature?: number;
  /** Only the most probable words whose shares add up to this. */
  readonly topP?: number;
  /** Only so many of the most probable words. */
  readonly topK?: number;
  /** Only words at least this probable, as a share of the most probable one's. */
  readonly minP?: number;
  /** 1 is off; more avoids words that were just used. */
  readonly repeatPenalty?: number;
  /** An answer ends after so many tokens. */
  readonly maxTokens?: number;
  /** The same question is then answered in the same words. */
  readonly seed?: number;
  /** Whether a model that can think before it answers does so. */
  readonly thinking?: boolean;
}

/** What a conversation, or a preset, sets for its answers. */
export interface TurnSetup {
  /** Null is the one of the settings; empty is none. */
  readonly systemPrompt: string | null;
  /** Null is the model that answers new messages. */
  readonly modelId: string | null;
  readonly parameters: TurnParameters;
}

export interface ConversationSetup extends TurnSetup {
  /** The preset that it was taken from, built in or the person's own; what was changed since then stays changed. */
  readonly presetId: string | null;
  /** Collections of documents that its questions are about; left out for none. */
  readonly collectionIds?: readonly string[];
}

export const emptySetup: ConversationSetup = { systemPrompt: null, modelId: null, parameters: {}, presetId: null };

export const systemPromptLimitChars = 20_000;
export const presetNameLimitChars = 80;
/** Collections that one conversation may use. */
export const setupCollectionsLimit = 20;

/** From and to, both included. */
export const parameterRanges = {
  temperature: [0, 2],
  topP: [0, 1],
  topK: [1, 1_000],
  minP: [0, 1],
  repeatPenalty: [1, 2],
  maxTokens: [1, 100_000],
  seed: [0, 4_294_967_294],
} as const satisfies Readonly<Record<Exclude<keyof TurnParameters, 'thinking'>, readonly [number, number]>>;

/** Whether nothing is set. */
export function isEmptySetup({ systemPrompt, modelId, parameters }: TurnSetup): boolean {
  return systemPrompt === null && modelId === null && Object.keys(parameters).length === 0;
}

/** Whether a conversation sets nothing, not even by choosing a role. */
export function isUnset(setup: ConversationSetup): boolean {
  return isEmptySetup(setup) && setup.presetId === null && (setup.collectionIds ?? []).length === 0;
}
