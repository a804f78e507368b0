import { readFileSync } from 'node:fs';

import type { Extractor } from '../../electron/documents/extractor.ts';
import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { DocumentProblem } from '../../shared/model/documents/document-problem.ts';
import type { DocumentBlock, DocumentPage } from '../../shared/model/documents/extracted-document.ts';

export interface FakeExtractor extends Extractor {
  /** Files it was asked to read. */
  readonly asked: readonly string[];
  /** Until it is called, files are not read to their end. */
  hold(): () => void;
}

/**
 * Reads plain text in the test's own process: a page ends at a form feed, `# ` begins a title, blank lines part
 * paragraphs. A file that says `%damaged` is damaged, one that says `%cut` was read in part.
 */
export function createFakeExtractor(): FakeExtractor {
  const asked: string[] = [];
  let held: Promise<void> = Promise.resolve();
  return {
    asked,
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    async extract(source, { signal, onProgress } = {}) {
      asked.push(source.name);
      const text = 'path' in source ? readFileSync(source.path, 'utf8') : new TextDecoder().decode(source.bytes);
      const pages = text.includes('%damaged') ? [] : text.split('\f').map(toPage);
      const characters = pages.reduce((sum, page) => sum + page.characters, 0);
      onProgress?.({ format: 'text', pagesRead: 1, pagesTotal: pages.length, characters });
      await Promise.race([held, new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()))]);
      if (signal?.aborted) throw new ClawdbotError('CANCELLED', 'Stopped.', {});
      return {
        format: source.name.endsWith('.pdf') ? 'pdf' : 'text',
        title: null,
        language: 'en',
        pages,
        characters,
        problems: problemsOf(text),
        elapsedMs: 5,
      };
    },
    async [Symbol.asyncDispose]() {},
  };
}

function toPage(text: string, index: number): DocumentPage {
  const blocks = text
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part): DocumentBlock =>
      part.startsWith('# ') ? { kind: 'heading', level: 1, text: part.slice(2) } : { kind: 'paragraph', text: part },
    );
  return { number: index + 1, unit: 'page', blocks, characters: text.length, pictures: 0 };
}

function problemsOf(text: string): DocumentProblem[] {
  if (text.includes('%damaged')) return [{ code: 'CORRUPT', data: { detail: 'its content is damaged' } }];
  return text.includes('%cut') ? [{ code: 'TIME_LIMIT', data: { limitMs: 1000, page: 1 } }] : [];
}
