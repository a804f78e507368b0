import { storedPassage } from '../../../electron/documents/create-documents.ts';
import { planPassages } from '../../../electron/documents/plan-passages.ts';
import { askedTerms } from '../../../electron/documents/terms.ts';
import type { DocumentStore } from '../../../electron/store/document-store.ts';
import type { DocumentBlock, DocumentPage } from '../../../shared/model/documents/extracted-document.ts';
import {
  documentsAskedAbout,
  isAnswered,
  isRightPassage,
  type AnsweredQuestion,
  type Block,
  type QuestionSet,
  type SourceDocument,
} from './question-set.ts';

export interface Recall {
  readonly asked: number;
  /** The right passage was among the first five. */
  readonly inFive: number;
  readonly first: number;
  readonly missed: readonly AnsweredQuestion[];
}

/** Fills a store with the documents of the set, as reading their files would. */
export function indexDocuments(store: DocumentStore, { documents }: QuestionSet): void {
  for (const document of documents) {
    store.insert({
      id: document.id,
      name: document.name,
      sha256: document.id,
      sizeBytes: 0,
      format: null,
      language: document.language,
      report: '{}',
      createdAt: 0,
      passages: planPassages(pagesOf(document)).map((passage) => storedPassage(document.name, passage)),
    });
  }
}

/** How often the words of a question find the passage that answers it. */
export function measureRecall(store: DocumentStore, set: QuestionSet): Recall {
  const questions = set.questions.filter(isAnswered);
  const ranks = questions.map((question) => {
    const ids = documentsAskedAbout(set, question).map(({ id }) => id);
    return store
      .search(ids, askedTerms(question.question), 5)
      .findIndex(({ documentId, page, heading, text }) =>
        isRightPassage({ documentId, firstPage: page, lastPage: page, text: `${heading}\n${text}` }, question),
      );
  });
  return {
    asked: questions.length,
    inFive: ranks.filter((rank) => rank >= 0).length,
    first: ranks.filter((rank) => rank === 0).length,
    missed: questions.filter((_, index) => (ranks[index] ?? -1) < 0),
  };
}

function pagesOf({ pages }: SourceDocument): DocumentPage[] {
  return pages.map(({ blocks }, index) => ({
    number: index + 1,
    unit: 'page',
    blocks: blocks.map(toBlock),
    characters: 0,
    pictures: 0,
  }));
}

function toBlock(block: Block): DocumentBlock {
  return block.kind === 'listItem' ? { ...block, depth: 0, marker: '•' } : block;
}
