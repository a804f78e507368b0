import koffi from 'koffi';
import { bindLlama, type LlamaFunctions } from './llama-functions.ts';
import { unexpectedDefaults, type Pointer } from './llama-structs.ts';
import { findLoadedLibraries } from './loaded-libraries.ts';
import { createThreadPools, type ThreadPools } from './thread-pools.ts';

/** llama.cpp's own functions, checked to be those of the release that this was written for. */
export interface NativeLlama {
  readonly functions: LlamaFunctions;
  readonly pools: ThreadPools;
  /** A C function of `bool (void *)` that is true when the first byte at the address is not zero. */
  readonly firstByteSet: Pointer;
}

/** What `llama_version` says in the release that node-llama-cpp ships. */
const expectedVersion = '0.4.0-dev';

/** @throws Error with the reason when the libraries in this process are not those that this was written for */
export function openNative(): NativeLlama {
  const libraries = findLoadedLibraries();
  if (!libraries) throw new Error('The libraries of llama.cpp were not found in this process.');
  const llama = koffi.load(libraries.llama);
  const functions = bindLlama(llama);
  const version = functions.version();
  if (version !== expectedVersion) throw new Error(`llama.cpp is ${version}, not ${expectedVersion}.`);
  const unexpected = unexpectedDefaults(functions.modelDefaults(), functions.contextDefaults());
  if (unexpected.length > 0) throw new Error(`llama.cpp has other parameters than expected: ${unexpected.join(', ')}.`);
  return {
    functions,
    pools: createThreadPools(libraries),
    // The length of a C string of at most one character is such a function, and needs no JavaScript to be called.
    firstByteSet: llama.symbol('strlen'),
  };
}
