import type { EmbeddingModelV4, RerankingModelV4 } from '@ai-sdk/provider';
import type { EmbeddedTexts, RankedTexts } from './engine.ts';

const provider = 'clawdbot.local';

/** The AI SDK's face of a local model that turns texts into vectors. */
export function createEmbeddingModel(
  modelId: string,
  embed: (texts: readonly string[], signal: AbortSignal | undefined) => Promise<EmbeddedTexts>,
): EmbeddingModelV4 {
  return {
    specificationVersion: 'v4',
    provider,
    modelId,
    maxEmbeddingsPerCall: Infinity,
    supportsParallelCalls: true,
    async doEmbed({ values, abortSignal, dimensions }) {
      const { vectors, cut, tokens } = await embed(values, abortSignal);
      return {
        embeddings: vectors.map((vector) => Array.from(vector)),
        usage: { tokens },
        providerMetadata: { clawdbot: { cut: [...cut] } },
        warnings: dimensions === undefined ? [] : [{ type: 'unsupported', feature: 'dimensions' }],
      };
    },
  };
}

/** The same of a model that tells how well texts answer a question. */
export function createRerankingModel(
  modelId: string,
  rerank: (query: string, documents: readonly string[], signal: AbortSignal | undefined) => Promise<RankedTexts>,
): RerankingModelV4 {
  return {
    specificationVersion: 'v4',
    provider,
    modelId,
    async doRerank({ query, documents, topN, abortSignal }) {
      const texts =
        documents.type === 'text' ? documents.values : documents.values.map((value) => JSON.stringify(value));
      const { scores, cut } = await rerank(query, texts, abortSignal);
      const ranking = scores
        .map((relevanceScore, index) => ({ index, relevanceScore }))
        .toSorted((a, b) => b.relevanceScore - a.relevanceScore || a.index - b.index);
      return { ranking: ranking.slice(0, topN), providerMetadata: { clawdbot: { cut: [...cut] } } };
    },
  };
}
