import { layersMayDiffer } from './attention.ts';
import { GgufError } from './gguf-error.ts';
import type { TensorInfo } from './tensor-reader.ts';
import type { MetadataLookup } from './metadata-lookup.ts';
import { limits } from './limits.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** These have a state and no feed-forward at all. */
const withoutFeedForward = words('mamba mamba2');
/** llama.cpp asserts a feed-forward length for each of these, whatever is said of experts. */
const withoutExperts = words(
  'arcee baichuan bitnet bloom chameleon chatglm codeshell command-r cohere2 ernie4_5 exaone exaone4 falcon gemma gemma2 ' +
    'gemma3 gemma3n glm4 gpt2 gptneox granite internlm2 jais jais2 minicpm minicpm3 mistral3 mpt nanbeige nemotron olmo ' +
    'olmo2 openelm orion paddleocr pangu-embedded phi2 phi3 plamo plamo2 plamo3 qwen qwen2 qwen2vl qwen3 qwen3vl refact ' +
    'seed_oss smollm3 stablelm starcoder starcoder2 t5 xverse',
);

/**
 * The sizes of the feed-forward part. A model of experts alone may leave out the length that the others must give: that
 * was tried on the engine, family by family.
 * @throws GgufError
 */
export function requireFeedForward(
  architecture: string,
  metadata: MetadataLookup,
  layers: number,
  tensors: readonly TensorInfo[],
): void {
  requireExperts(architecture, metadata, layers);
  const key = `${architecture}.feed_forward_length`;
  const lengths = metadata.tryCountPerLayer(key, layers);
  const largest = Math.max(...(lengths ?? [0]));
  if (largest > limits.feedForwardLength) throw new GgufError(`Its "${key}" is ${largest}, which no model can have.`);
  if (
    withoutFeedForward.has(architecture) ||
    (largest === 0 && isOfExpertsOnly(architecture, metadata, layers, tensors))
  ) {
    return;
  }
  if (lengths === undefined) {
    throw new GgufError(
      `Its description lacks "${key}": llama.cpp would abort. The file is damaged or was made wrongly.`,
    );
  }
  if (largest === 0 || (lengths.includes(0) && !layersMayDiffer(architecture, metadata))) {
    throw new GgufError(`Its "${key}" is 0, on which llama.cpp would abort. The file is damaged.`);
  }
}

function isOfExpertsOnly(
  architecture: string,
  metadata: MetadataLookup,
  layers: number,
  tensors: readonly TensorInfo[],
): boolean {
  const lengths = metadata.tryCountPerLayer(`${architecture}.expert_feed_forward_length`, layers) ?? [0];
  return (
    !withoutExperts.has(architecture) &&
    (metadata.tryCount(`${architecture}.expert_count`) ?? 0) > 0 &&
    lengths.every((length) => length > 0) &&
    tensors.some(({ name }) => name.endsWith('.ffn_down_exps.weight')) &&
    !tensors.some(({ name }) => name.endsWith('.ffn_down.weight'))
  );
}

/** The conditions that llama.cpp's `load_hparams` asserts. */
function requireExperts(architecture: string, metadata: MetadataLookup, layers: number): void {
  const count = metadata.tryCount(`${architecture}.expert_count`) ?? 0;
  const used = Math.max(...(metadata.tryCountPerLayer(`${architecture}.expert_used_count`, layers) ?? [0]));
  const groups = metadata.tryCount(`${architecture}.expert_group_count`) ?? 0;
  const groupsUsed = metadata.tryCount(`${architecture}.expert_group_used_count`) ?? 0;
  // llama.cpp takes a single expert of these for none.
  if (count === 1 && (architecture === 'hunyuan-dense' || architecture === 'hunyuan_vl')) return;
  const sound =
    count === 0
      ? used === 0 && groups === 0 && architecture !== 'smallthinker'
      : count <= limits.experts &&
        used > 0 &&
        used <= count &&
        groups < count &&
        (groups < 2 || (count % groups === 0 && groupsUsed > 0 && groupsUsed < groups));
  if (!sound) throw new GgufError('Its numbers of experts contradict each other; llama.cpp would abort.');
}
