import { availableParallelism } from 'node:os';
import { getLlama, LlamaLogLevel, type Llama } from 'node-llama-cpp';

/** llama.cpp in this process, and what it last complained about. */
export interface LlamaRuntime {
  readonly llama: Llama;
  /** Of llama.cpp, such as `b1234`. */
  readonly release: string;
  /** What is used when a load does not say: one for each core that is good at arithmetic and may be used. */
  readonly usefulThreads: number;
  /** The newest complaints of llama.cpp since the last call, oldest first. */
  takeComplaints(): string[];
}

const complaintsKept = 20;

/** @throws Error when llama.cpp does not run on this machine */
export async function openLlama(gpu: 'auto' | 'off', threads?: number): Promise<LlamaRuntime> {
  let complaints: string[] = [];
  const llama = await getLlama({
    gpu: gpu === 'auto' ? 'auto' : false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.warn,
    logger(level, message) {
      const line = message.trim();
      if (line === '') return;
      if (level === LlamaLogLevel.error || level === LlamaLogLevel.fatal) {
        complaints = [...complaints, line].slice(-complaintsKept);
      }
      process.stderr.write(`llama.cpp ${level}: ${line}\n`);
    },
    // Left alone it takes four threads at least; on two cores they fight and everything becomes many times slower.
    maxThreads: availableParallelism(),
  });
  return {
    llama,
    release: llama.llamaCppRelease.release,
    usefulThreads: threads ?? Math.max(1, Math.min(llama.cpuMathCores, availableParallelism())),
    takeComplaints() {
      const taken = complaints;
      complaints = [];
      return taken;
    },
  };
}
