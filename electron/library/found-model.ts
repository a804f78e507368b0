import type { ModelInfo } from '../../shared/contract/index.ts';
import type { KvWindow } from '../../shared/model/memory-need.ts';
import type { ModelPurpose } from '../../shared/model/gguf/purpose.ts';
import type { VocabularyPrint } from '../../shared/model/gguf/vocabulary-print.ts';

/** A file that looks like a model by its name. */
export interface FoundFile {
  readonly path: string;
  readonly source: ModelInfo['source'];
  /** Name below its folder, without `.gguf`; parts of the path are separated by `/`. */
  readonly label: string;
}

/** A file that was looked into. A model in several files stands here once, by its first. */
export interface FoundModel extends FoundFile {
  readonly id: string;
  /** Of all its files. */
  readonly sizeBytes: number;
  /** Changes whenever one of its files does. */
  readonly stamp: string;
  readonly inspection: Inspection;
}

export type Inspection =
  | {
      readonly kind: 'usable';
      readonly name: string | null;
      readonly architecture: string;
      readonly parameters: number;
      readonly quantisation: string;
      readonly trainedContextTokens: number;
      readonly weightsBytes: number;
      readonly kvBytesPerToken: number;
      readonly window: KvWindow | null;
      readonly vocabulary: VocabularyPrint;
      readonly placeholder: boolean;
      readonly starter: boolean;
    }
  | {
      readonly kind: 'unusable';
      readonly reason: string;
      /** Set for a LoRA adapter, which is of use to models of its architecture. */
      readonly adapter?: { readonly architecture: string; readonly weightsBytes: number };
      /** Set for a sound model that compares texts and writes none. */
      readonly comparing?: ComparingFacts;
    };

export interface ComparingFacts {
  readonly purpose: Exclude<ModelPurpose, 'chat'>;
  readonly name: string | null;
  readonly architecture: string;
  readonly parameters: number;
  readonly quantisation: string;
  readonly trainedContextTokens: number;
  readonly weightsBytes: number;
  readonly kvBytesPerToken: number;
  readonly window: KvWindow | null;
}
