import { getLlama, LlamaLogLevel, type Llama, type Token } from 'node-llama-cpp';

/** Runs in a process of its own: loads each file it is sent, reads a text with it and lets it say three tokens. */
const llama = await getLlama({
  gpu: false,
  build: 'never',
  skipDownload: true,
  progressLogs: false,
  maxThreads: 1,
  logLevel: LlamaLogLevel.disabled,
});
process.send?.('ready');

process.on('message', (modelPath: unknown) => {
  void probe(llama, String(modelPath)).then(
    () => process.send?.('loaded'),
    (error: unknown) => process.send?.(`refused: ${error instanceof Error ? error.message : String(error)}`),
  );
});

async function probe(engine: Llama, modelPath: string): Promise<void> {
  const model = await engine.loadModel({ modelPath });
  try {
    const context = await model.createContext({ contextSize: 256, batchSize: 64, threads: 1 });
    const prompt = model.tokenize('Hello there, Grüße 你好 🙂', true);
    const said: Token[] = [];
    for await (const token of context.getSequence().evaluate(prompt.slice(0, 100))) {
      if (said.push(token) === 3) break;
    }
    model.detokenize(said);
  } finally {
    await model.dispose();
  }
}
