import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { systemPromptLimitChars } from '../model/turn-setup.ts';
import { adaptationCauses } from '../model/adaptation.ts';
import { declaredErrors } from './errors.ts';
import { modelOptionsSchema } from './models.ts';

const base = oc.errors(declaredErrors);
const bytes = z.number().int().nonnegative();

export const languageSchema = z.enum(['system', 'en', 'zh']);
export const themeSchema = z.enum(['system', 'light', 'dark']);

/** What the person has chosen. */
export const settingsSchema = z.object({
  language: languageSchema,
  theme: themeSchema,
  defaultModelId: z.string().nullable(),
  /** Put before every conversation; empty means none. */
  systemPrompt: z.string().max(systemPromptLimitChars),
  /** Whether models give conversations their titles. */
  automaticTitles: z.boolean(),
  /** Global shortcut of quick chat, in Electron's accelerator notation. */
  quickChatShortcut: z.string().max(100),
  /** Most bytes on disk for what models have calculated for conversations; 0 keeps nothing. At most 1 TB. */
  keptStatesBytes: z
    .number()
    .int()
    .min(0)
    .max(2 ** 40),
  /** Models that stay in memory as long as there is any way. */
  pinnedModelIds: z.array(z.string().max(1_000)).max(100),
  /** Other models than the chosen one leave memory after so long without work; null means never. */
  idleUnloadMinutes: z.number().int().min(1).max(10_000).nullable(),
  /** Brings the chosen model into memory when the app starts. */
  preloadModel: z.boolean(),
  /** By model id; what is left out is as in `defaultModelOptions`. */
  modelOptions: z.record(z.string(), modelOptionsSchema.partial()),
});
export type Settings = z.infer<typeof settingsSchema>;

/** What may be changed at once; a key that is left out stays as it is. */
export const settingsChangeSchema = z.object({
  language: settingsSchema.shape.language.exactOptional(),
  theme: settingsSchema.shape.theme.exactOptional(),
  defaultModelId: settingsSchema.shape.defaultModelId.exactOptional(),
  systemPrompt: settingsSchema.shape.systemPrompt.exactOptional(),
  automaticTitles: settingsSchema.shape.automaticTitles.exactOptional(),
  quickChatShortcut: settingsSchema.shape.quickChatShortcut.exactOptional(),
  keptStatesBytes: settingsSchema.shape.keptStatesBytes.exactOptional(),
  pinnedModelIds: settingsSchema.shape.pinnedModelIds.exactOptional(),
  idleUnloadMinutes: settingsSchema.shape.idleUnloadMinutes.exactOptional(),
  preloadModel: settingsSchema.shape.preloadModel.exactOptional(),
  // Options of models are checked against the model: `models.setOptions`.
} satisfies { [K in keyof Omit<Settings, 'modelOptions'>]-?: z.ZodType<Settings[K] | undefined> });

// Kept apart from the schema: a default inside it would be filled into every partial update as well.
export const defaultSettings: Settings = {
  language: 'system',
  theme: 'system',
  defaultModelId: null,
  systemPrompt: '',
  automaticTitles: true,
  quickChatShortcut: 'Alt+Space',
  keptStatesBytes: 2_000_000_000,
  pinnedModelIds: [],
  idleUnloadMinutes: 10,
  preloadModel: true,
  modelOptions: {},
};

export const engineStateSchema = z.discriminatedUnion('kind', [
  /** Nothing has needed it yet. */
  z.object({ kind: z.literal('off') }),
  z.object({ kind: z.literal('starting') }),
  z.object({
    kind: z.literal('ready'),
    processId: z.number().int(),
    /** Calling llama.cpp directly crashed twice, so the slower ordinary way is used until the next version. */
    careful: z.literal(true).exactOptional(),
  }),
  /**
   * It ended by itself. `returning`: it is being started again; otherwise it was in vain, and the next question tries once
   * more. `reason` is an English sentence.
   */
  z.object({
    kind: z.literal('crashed'),
    reason: z.string(),
    cause: z.enum(['hang', 'memory']).exactOptional(),
    crashes: z.number().int().positive(),
    returning: z.literal(true).exactOptional(),
  }),
]);
export type EngineState = z.infer<typeof engineStateSchema>;

export const appInfoSchema = z.object({
  version: z.string(),
  host: z.enum(['desktop', 'headless']),
  platform: z.string(),
  dataDirectory: z.string(),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

export const appStatusSchema = z.object({
  engine: engineStateSchema,
  memory: z.object({ totalBytes: bytes, availableBytes: bytes, hostBytes: bytes, engineBytes: bytes.nullable() }),
  /** Why documents are searched by their words only, although there is a model for their meaning. */
  meaningProblem: z.string().exactOptional(),
});
export type AppStatus = z.infer<typeof appStatusSchema>;

/** One change of how hard the engine works, and why; `adaptationSentence` puts it into words. */
export const adaptationSchema = z.object({
  atMs: z.number(),
  cause: z.enum(adaptationCauses),
  /** Answers written side by side. */
  parallel: z.number().int().positive(),
  /** Prompt tokens read at most at once. */
  batchTokens: z.number().int().positive(),
  /** The part of its threads that a model may use. */
  threadShare: z.number().positive().max(1),
  backgroundPaused: z.boolean(),
});

export const appContract = {
  info: base.output(appInfoSchema),
  /** Now, and again when something changed; at most once a second. */
  watchStatus: base.output(eventIterator(appStatusSchema)),
  /** The newest changes of how hard the engine works, oldest first: now, and again when there is one more. */
  watchAdaptations: base.output(eventIterator(z.array(adaptationSchema).readonly())),
  watchSettings: base.output(eventIterator(settingsSchema)),
  updateSettings: base.input(settingsChangeSchema).output(settingsSchema),
};
