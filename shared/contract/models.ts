import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import {
  flashAttentions,
  kvTypes,
  mappings,
  modelOptionRanges,
  speculations,
  type ModelOptions,
} from '../model/model-options.ts';
import { declaredErrors } from './errors.ts';

const base = oc.errors(declaredErrors);
const bytes = z.number().int().nonnegative();

export const modelStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('loaded') }),
  z.object({ kind: z.literal('loading'), fraction: z.number().min(0).max(1) }),
  z.object({ kind: z.literal('onDisk') }),
  z.object({ kind: z.literal('doesNotFit'), neededBytes: bytes, freeBytes: bytes }),
  /** It crashed the engine this often and is not loaded until `use` is called; `reason` is an English phrase. */
  z.object({ kind: z.literal('quarantined'), crashes: z.number().int().positive(), reason: z.string() }),
  /** `reason` is an English sentence naming what is wrong with the file. */
  z.object({ kind: z.literal('unusable'), reason: z.string() }),
]);
export type ModelState = z.infer<typeof modelStateSchema>;

export const modelInfoSchema = z.object({
  id: z.string(),
  name: z.string(),
  path: z.string(),
  sizeBytes: bytes,
  architecture: z.string().nullable(),
  /** Number of weights, when the file tells. */
  parameters: z.number().nonnegative().nullable(),
  /** Such as `Q4_K_M`, when the file tells. */
  quantisation: z.string().nullable(),
  trainedContextTokens: z.number().int().nonnegative().nullable(),
  /** A stand-in that recites a fixed text; the interface must say so. */
  placeholder: z.boolean(),
  /** The small model that comes with the app. */
  starter: z.literal(true).exactOptional(),
  /** `argument`: named by --model. `library`: in the data directory. `bundled`: shipped with the app. */
  source: z.enum(['argument', 'library', 'bundled']),
  state: modelStateSchema,
  /** Milliseconds to the first word of a short question, measured on this machine; null until it was. */
  expectedFirstWordMs: z.number().nonnegative().nullable(),
  /** It changes how other models of its architecture answer, and answers nothing itself. */
  isAdapter: z.literal(true).exactOptional(),
  /** It compares texts, which documents are searched with, and answers nothing itself. */
  purpose: z.enum(['embedding', 'reranking']).exactOptional(),
});
export type ModelInfo = z.infer<typeof modelInfoSchema>;

export const modelListSchema = z.object({
  models: z.array(modelInfoSchema),
  /** Answers new messages; one named at the start even when it cannot be used; null when there is no usable model. */
  defaultModelId: z.string().nullable(),
  /** Models that the person wants to stay in memory. */
  pinnedIds: z.array(z.string()),
  /** The folder into which a person puts model files. */
  folder: z.string(),
});
export type ModelList = z.infer<typeof modelListSchema>;

const whole = ([from, to]: readonly [number, number]) => z.number().int().min(from).max(to);
const modelId = z.string().max(300);

export const modelOptionsSchema = z.object({
  contextTokens: z.union([z.literal('auto'), whole(modelOptionRanges.contextTokens)]),
  kvType: z.enum(kvTypes),
  flashAttention: z.enum(flashAttentions),
  gpuLayers: z.union([z.literal('auto'), whole(modelOptionRanges.gpuLayers)]),
  mapping: z.enum(mappings),
  locked: z.boolean(),
  speculation: z.enum(speculations),
  draftModelId: modelId.nullable(),
  adapters: z
    .array(
      z.object({
        modelId,
        scale: z.number().min(modelOptionRanges.adapterScale[0]).max(modelOptionRanges.adapterScale[1]),
      }),
    )
    .max(modelOptionRanges.adapters[1])
    .readonly(),
}) satisfies z.ZodType<ModelOptions>;

const byModel = z.object({ modelId: z.string() });

export const modelsContract = {
  /** The whole list at once, again after every change. */
  watch: base.output(eventIterator(modelListSchema)),
  /**
   * Makes a model the default and begins to load it; progress arrives through `watch`. One that is quarantined is tried
   * once more.
   */
  use: base.input(byModel).output(z.object({})),
  options: base.input(byModel).output(modelOptionsSchema),
  /** Models whose vocabulary allows them to guess ahead for this one, the smallest first. */
  drafters: base.input(byModel).output(z.object({ modelIds: z.array(z.string()) })),
  /** Stores them; a model in memory is loaded anew with them, after the answers it is writing. */
  setOptions: base.input(z.object({ modelId, options: modelOptionsSchema })).output(modelOptionsSchema),
  /**
   * Brings a model into memory because it may soon be needed, if nothing else has to leave for it; ends when it is there,
   * or will not be. Cancelling the call cancels the load unless it has begun to read.
   */
  preload: base.input(byModel).output(z.object({})),
  pin: base.input(z.object({ modelId: z.string(), pinned: z.boolean() })).output(z.object({})),
  /** Frees a model's memory, or ends its load. */
  unload: base.input(byModel).output(z.object({})),
  /** Looks at the folders again. */
  rescan: base.output(modelListSchema),
};
