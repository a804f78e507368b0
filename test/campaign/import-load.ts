import type { Core } from '../../electron/core.ts';
import type { ImportJob } from '../../shared/contract/index.ts';
import type { RandomBits } from '../model/random-bits.ts';
import { givenTitle } from './crash-check.ts';
import type { ImportedConversation, LogWriter } from './crash-log.ts';

export interface ImportLoad {
  /** Begins to import, unless something is being imported already; it goes on beside everything else. */
  begin(): void;
}

export interface ImportLoadOptions {
  readonly files: Core['files'];
  readonly transfer: Core['transfer'];
  readonly log: LogWriter;
  readonly random: RandomBits;
  /** Makes ids and texts differ from those of other runs. */
  readonly seed: string;
}

/** Imports small archives: new ones, ones that are there already, ones that have grown, some stopped half-way. */
export function createImportLoad({ files, transfer, log, random, seed }: ImportLoadOptions): ImportLoad {
  const below = (count: number): number => (random.next() >>> 0) % count;
  /** What was imported as a whole. */
  const known: ImportedConversation[] = [];
  let archives = 0;
  let busy = false;

  const grown = (conversation: ImportedConversation, exchanges: number): ImportedConversation => {
    const messages = [...conversation.messages];
    for (let exchange = 0; exchange < exchanges; exchange += 1) {
      const number = messages.length;
      const last = messages.at(-1)?.id ?? null;
      const id = `${conversation.id}-${number}`;
      const answer = `${conversation.id}-${number + 1}`;
      messages.push(
        { id, parentId: last, role: 'user', text: `i${id.replaceAll('-', 'x')} 为什么`, state: 'done' },
        {
          id: answer,
          parentId: id,
          role: 'assistant',
          text: `j${answer.replaceAll('-', 'x')} ${'water rises '.repeat(below(40))}`,
          state: below(5) === 0 ? 'stopped' : 'done',
        },
      );
    }
    return { ...conversation, messages };
  };
  const fresh = (index: number): ImportedConversation => {
    const id = `im${seed}-${archives}-${index}`;
    const empty = { id, title: `${givenTitle} ${id}`, pinned: below(6) === 0, messages: [] };
    // Sometimes more than is stored at a time.
    return grown(empty, 1 + (below(4) === 0 ? 30 + below(60) : below(8)));
  };

  const write = (conversations: readonly ImportedConversation[]): string => {
    const nowMs = Date.now();
    const list = conversations.map(({ messages, ...head }) => ({
      ...head,
      titleSource: 'person',
      createdAt: nowMs,
      updatedAt: nowMs,
      headId: messages.at(-1)?.id ?? null,
      messages: messages.map((message) => ({ ...message, createdAt: nowMs })),
    }));
    return JSON.stringify({ format: 'clawdbot.conversations', version: 1, folders: [], conversations: list });
  };

  const run = async (kind: 'new' | 'grown', conversations: ImportedConversation[]): Promise<void> => {
    archives += 1;
    const importId = `${seed}-${archives}`;
    const bytes = Buffer.from(write(conversations));
    const ticket = files.begin({ name: 'export.json', sizeBytes: bytes.length });
    files.piece(ticket, 0, bytes);
    log.write({ type: 'importBegun', importId, kind, conversations });
    transfer.startImport(ticket);
    const stopped = below(5) === 0;
    const job = await endOf(() => stopped && below(3) === 0 && transfer.cancelImport());
    const { state, added, extended, messages } = job;
    if (state === 'running') throw new Error('An import that has ended is running.');
    log.write({ type: 'importEnded', importId, state, added, extended, messages });
    transfer.dismissImport();
    if (state === 'done' && kind === 'new') known.push(...conversations);
  };

  const endOf = async (onReport: () => void): Promise<ImportJob> => {
    for await (const job of transfer.watch(new AbortController().signal)) {
      if (job === null) continue;
      if (job.state !== 'running') {
        while (transfer.isImporting()) await new Promise((resolve) => setImmediate(resolve));
        return job;
      }
      onReport();
    }
    throw new Error('The watch ended before the import.');
  };

  return {
    begin() {
      if (busy) return;
      busy = true;
      const again = below(3) === 0 ? known[below(Math.max(1, known.length))] : undefined;
      const [kind, conversations] =
        again === undefined
          ? (['new', Array.from({ length: 1 + below(4) }, (_, index) => fresh(index))] as const)
          : (['grown', [grown(again, below(3))]] as const);
      // Whatever goes wrong here is a fault of what is tested.
      void run(kind, [...conversations]).finally(() => (busy = false));
    },
  };
}
