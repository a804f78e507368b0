export interface EmbeddedModel {
  readonly name: string;
  readonly architecture: string;
}

export interface EmbeddingTexts {
  question(text: string): string;
  passage(text: string): string;
}

/**
 * How texts are put to a model that turns them into vectors. Families were trained with different words in front of
 * questions and passages, which their files do not hold; these stand in the models' own descriptions. Others get the texts
 * as they are.
 */
export function embeddingTexts({ name, architecture }: EmbeddedModel): EmbeddingTexts {
  const family = families.find(({ fits }) => fits.test(`${architecture} ${name}`));
  return {
    question: (text) => `${family?.question ?? ''}${text}`,
    passage: (text) => `${family?.passage ?? ''}${text}`,
  };
}

const families: readonly { readonly fits: RegExp; readonly question: string; readonly passage: string }[] = [
  { fits: /nomic/iu, question: 'search_query: ', passage: 'search_document: ' },
  {
    fits: /gemma-embedding|embedding-?gemma/iu,
    question: 'task: search result | query: ',
    passage: 'title: none | text: ',
  },
  {
    fits: /qwen.*embed/iu,
    question: 'Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:',
    passage: '',
  },
  {
    fits: /e5.*instruct/iu,
    question: 'Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: ',
    passage: '',
  },
  { fits: /\be5\b/iu, question: 'query: ', passage: 'passage: ' },
  { fits: /bge-m3/iu, question: '', passage: '' },
  {
    fits: /bge.*\b(?:en|small|base|large)\b(?!.*\bzh\b)/iu,
    question: 'Represent this sentence for searching relevant passages: ',
    passage: '',
  },
  { fits: /bge.*\bzh\b/iu, question: '为这个句子生成表示以用于检索相关文章：', passage: '' },
  {
    fits: /arctic-embed|mxbai-embed/iu,
    question: 'Represent this sentence for searching relevant passages: ',
    passage: '',
  },
];
