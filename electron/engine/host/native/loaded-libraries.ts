import { readFileSync } from 'node:fs';
import path from 'node:path';
import koffi from 'koffi';

/** llama.cpp's libraries as they are in this process already; node-llama-cpp has chosen and loaded them. */
export interface LoadedLibraries {
  readonly llama: string;
  readonly ggmlBase: string;
  /** Absent where the processor's kernels are not a library of their own. */
  readonly ggmlCpu: string | undefined;
}

/** Undefined when they are not found, or when there is more than one llama.cpp. */
export function findLoadedLibraries(): LoadedLibraries | undefined {
  const files = [...new Set(imagePaths())];
  const named = (pattern: RegExp): string[] => files.filter((file) => pattern.test(path.basename(file)));
  const llama = named(/^libllama\.(?!.*common)/);
  const ggmlBase = named(/^libggml-base\b/);
  const ggmlCpu = named(/^libggml-cpu\b/);
  if (llama.length !== 1 || ggmlBase.length !== 1 || ggmlCpu.length > 1) return undefined;
  const [[llamaFile], [baseFile], [cpuFile]] = [llama, ggmlBase, ggmlCpu];
  if (llamaFile === undefined || baseFile === undefined) return undefined;
  return { llama: llamaFile, ggmlBase: baseFile, ggmlCpu: cpuFile };
}

function imagePaths(): string[] {
  switch (process.platform) {
    case 'linux':
      return readFileSync('/proc/self/maps', 'utf8')
        .split('\n')
        .flatMap((line) => /\s(\/.*)$/.exec(line)?.[1] ?? []);
    case 'darwin': {
      const system = koffi.load('/usr/lib/libSystem.B.dylib');
      const count: () => number = system.func('uint32 _dyld_image_count()');
      const name: (index: number) => string | null = system.func('const char *_dyld_get_image_name(uint32)');
      return Array.from({ length: count() }, (_, index) => name(index) ?? '');
    }
    default:
      return [];
  }
}
