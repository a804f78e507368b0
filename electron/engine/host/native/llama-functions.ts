import type { LibraryHandle } from 'koffi';
import type { Batch, ContextParams, ModelParams, Pointer } from './llama-structs.ts';

type Callback<T> = (error: Error | null, result: T) => void;

/** A function that can also be called on libuv's pool; the result is delivered on the event loop. */
export interface Offloaded<A extends unknown[], R> {
  (...args: A): R;
  async(...args: [...A, Callback<R>]): void;
}

/** The functions of llama.cpp that are called. Names and order of arguments are those of llama.h. */
export interface LlamaFunctions {
  version(): string;
  modelDefaults(): ModelParams;
  contextDefaults(): ContextParams;
  loadModel: Offloaded<[path: string, params: ModelParams], Pointer>;
  freeModel(model: Pointer): void;
  modelSize(model: Pointer): number;
  isRecurrent(model: Pointer): boolean;
  isHybrid(model: Pointer): boolean;
  isDiffusion(model: Pointer): boolean;
  hasEncoder(model: Pointer): boolean;
  metaValue(model: Pointer, key: string, buffer: Uint8Array | null, sizeBytes: number): number;
  newContext: Offloaded<[model: Pointer, params: ContextParams], Pointer>;
  freeContext(context: Pointer): void;
  contextTokens(context: Pointer): number;
  setAbortCallback(context: Pointer, callback: Pointer, data: Pointer): void;
  attachThreadPool(context: Pointer, pool: Pointer, batchPool: Pointer): void;
  loadAdapter: Offloaded<[model: Pointer, path: string], Pointer>;
  setAdapters(context: Pointer, adapters: BigUint64Array, count: number, scales: Float32Array): number;
  setThreads(context: Pointer, threads: number, batchThreads: number): void;
  memory(context: Pointer): Pointer;
  forget(memory: Pointer, sequence: number, from: number, to: number): boolean;
  /** Of the first token that is still known, in the layers that know least; -1 when nothing is. */
  firstPosition(memory: Pointer, sequence: number): number;
  copySequence(memory: Pointer, source: number, target: number, from: number, to: number): void;
  stateBytes(context: Pointer, sequence: number): number;
  readState: Offloaded<[context: Pointer, state: Uint8Array, sizeBytes: number, sequence: number], number>;
  writeState: Offloaded<[context: Pointer, state: Uint8Array, sizeBytes: number, sequence: number], number>;
  newBatch(tokens: number, embedding: number, sequences: number): Batch;
  freeBatch(batch: Batch): void;
  decode: Offloaded<[context: Pointer, batch: Batch], number>;
  logits(context: Pointer, index: number): Pointer;
  embeddingsOf(context: Pointer, sequence: number): Pointer;
  embeddingWidth(model: Pointer): number;
  rankWidth(model: Pointer): number;
  vocabulary(model: Pointer): Pointer;
  vocabularyType(vocabulary: Pointer): number;
  vocabularyTokens(vocabulary: Pointer): number;
  isEndOfAnswer(vocabulary: Pointer, token: number): boolean;
  isControl(vocabulary: Pointer, token: number): boolean;
  bos(vocabulary: Pointer): number;
  eos(vocabulary: Pointer): number;
  eot(vocabulary: Pointer): number;
  sep(vocabulary: Pointer): number;
  newline(vocabulary: Pointer): number;
  addsBos(vocabulary: Pointer): boolean;
  addsEos(vocabulary: Pointer): boolean;
  addsSep(vocabulary: Pointer): boolean;
  tokenize(
    vocabulary: Pointer,
    text: Uint8Array,
    textBytes: number,
    tokens: Int32Array,
    mostTokens: number,
    addSpecial: boolean,
    parseSpecial: boolean,
  ): number;
  detokenize(
    vocabulary: Pointer,
    tokens: Int32Array,
    tokenCount: number,
    text: Uint8Array,
    mostBytes: number,
    removeSpecial: boolean,
    showSpecial: boolean,
  ): number;
  newChain(params: { no_perf: boolean }): Pointer;
  addToChain(chain: Pointer, sampler: Pointer): void;
  greedy(): Pointer;
  topK(k: number): Pointer;
  topP(p: number, keep: number): Pointer;
  minP(p: number, keep: number): Pointer;
  penalties(vocabularyTokens: number, lastTokens: number, repeat: number, frequency: number, presence: number): Pointer;
  temperature(temperature: number): Pointer;
  random(seed: number): Pointer;
  /** Null when it cannot be understood. Never call it with a text that `checkGbnf` refuses: it may end the process. */
  grammar(vocabulary: Pointer, text: string, root: string): Pointer;
  sample(chain: Pointer, context: Pointer, index: number): number;
  applySampler(sampler: Pointer, candidates: Uint8Array): void;
  acceptToken(sampler: Pointer, token: number): void;
  freeSampler(sampler: Pointer): void;
}

/** @throws Error when a function is missing */
export function bindLlama(library: LibraryHandle): LlamaFunctions {
  const bind = (declaration: string) => library.func(declaration);
  return {
    version: bind('const char *llama_version()'),
    modelDefaults: bind('llama_model_params llama_model_default_params()'),
    contextDefaults: bind('llama_context_params llama_context_default_params()'),
    loadModel: bind('void *llama_model_load_from_file(const char *, llama_model_params)'),
    freeModel: bind('void llama_model_free(void *)'),
    modelSize: bind('uint64 llama_model_size(void *)'),
    isRecurrent: bind('bool llama_model_is_recurrent(void *)'),
    isHybrid: bind('bool llama_model_is_hybrid(void *)'),
    isDiffusion: bind('bool llama_model_is_diffusion(void *)'),
    hasEncoder: bind('bool llama_model_has_encoder(void *)'),
    metaValue: bind('int32 llama_model_meta_val_str(void *, const char *, void *, size_t)'),
    newContext: bind('void *llama_init_from_model(void *, llama_context_params)'),
    freeContext: bind('void llama_free(void *)'),
    contextTokens: bind('uint32 llama_n_ctx(void *)'),
    setAbortCallback: bind('void llama_set_abort_callback(void *, void *, void *)'),
    attachThreadPool: bind('void llama_attach_threadpool(void *, void *, void *)'),
    loadAdapter: bind('void *llama_adapter_lora_init(void *, const char *)'),
    setAdapters: bind('int32 llama_set_adapters_lora(void *, void *, size_t, void *)'),
    setThreads: bind('void llama_set_n_threads(void *, int32, int32)'),
    memory: bind('void *llama_get_memory(void *)'),
    forget: bind('bool llama_memory_seq_rm(void *, int32, int32, int32)'),
    firstPosition: bind('int32 llama_memory_seq_pos_min(void *, int32)'),
    copySequence: bind('void llama_memory_seq_cp(void *, int32, int32, int32, int32)'),
    stateBytes: bind('size_t llama_state_seq_get_size(void *, int32)'),
    readState: bind('size_t llama_state_seq_get_data(void *, void *, size_t, int32)'),
    writeState: bind('size_t llama_state_seq_set_data(void *, void *, size_t, int32)'),
    newBatch: bind('llama_batch llama_batch_init(int32, int32, int32)'),
    freeBatch: bind('void llama_batch_free(llama_batch)'),
    decode: bind('int32 llama_decode(void *, llama_batch)'),
    embeddingsOf: bind('void *llama_get_embeddings_seq(void *, int32)'),
    embeddingWidth: bind('int32 llama_model_n_embd_out(void *)'),
    rankWidth: bind('uint32 llama_model_n_cls_out(void *)'),
    logits: bind('void *llama_get_logits_ith(void *, int32)'),
    vocabulary: bind('void *llama_model_get_vocab(void *)'),
    vocabularyType: bind('int llama_vocab_type(void *)'),
    vocabularyTokens: bind('int32 llama_vocab_n_tokens(void *)'),
    isEndOfAnswer: bind('bool llama_vocab_is_eog(void *, int32)'),
    isControl: bind('bool llama_vocab_is_control(void *, int32)'),
    bos: bind('int32 llama_vocab_bos(void *)'),
    eos: bind('int32 llama_vocab_eos(void *)'),
    eot: bind('int32 llama_vocab_eot(void *)'),
    sep: bind('int32 llama_vocab_sep(void *)'),
    newline: bind('int32 llama_vocab_nl(void *)'),
    addsBos: bind('bool llama_vocab_get_add_bos(void *)'),
    addsEos: bind('bool llama_vocab_get_add_eos(void *)'),
    addsSep: bind('bool llama_vocab_get_add_sep(void *)'),
    tokenize: bind('int32 llama_tokenize(void *, void *, int32, void *, int32, bool, bool)'),
    detokenize: bind('int32 llama_detokenize(void *, void *, int32, void *, int32, bool, bool)'),
    newChain: bind('void *llama_sampler_chain_init(llama_sampler_chain_params)'),
    addToChain: bind('void llama_sampler_chain_add(void *, void *)'),
    greedy: bind('void *llama_sampler_init_greedy()'),
    topK: bind('void *llama_sampler_init_top_k(int32)'),
    topP: bind('void *llama_sampler_init_top_p(float, size_t)'),
    minP: bind('void *llama_sampler_init_min_p(float, size_t)'),
    penalties: bind('void *llama_sampler_init_penalties(int32, int32, float, float, float)'),
    grammar: bind('void *llama_sampler_init_grammar(void *, const char *, const char *)'),
    temperature: bind('void *llama_sampler_init_temp(float)'),
    random: bind('void *llama_sampler_init_dist(uint32)'),
    sample: bind('int32 llama_sampler_sample(void *, void *, int32)'),
    applySampler: bind('void llama_sampler_apply(void *, void *)'),
    acceptToken: bind('void llama_sampler_accept(void *, int32)'),
    freeSampler: bind('void llama_sampler_free(void *)'),
  };
}
