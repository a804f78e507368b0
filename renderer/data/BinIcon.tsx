import { FileText, Folder, Library, MessageSquare, MessagesSquare, SlidersHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';

import type { BinKind } from '../../shared/contract/index.ts';

const icons = {
  conversation: MessagesSquare,
  message: MessageSquare,
  folder: Folder,
  preset: SlidersHorizontal,
  document: FileText,
  collection: Library,
} as const satisfies Readonly<Record<BinKind, unknown>>;

/** The line beside it says the same in words. */
export function BinIcon({ kind }: { readonly kind: BinKind }): ReactNode {
  const Icon = icons[kind];
  return <Icon aria-hidden className="size-4 shrink-0 text-muted" />;
}
