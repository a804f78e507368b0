import { useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { AttachButton } from './AttachButton.tsx';
import { AttachmentChips } from './AttachmentChips.tsx';
import { attachmentsOf, readyDocumentIds, type AttachmentsStore } from './attachments-store.ts';

export interface AttachmentSlot {
  readonly list: ReactNode;
  readonly button: ReactNode;
  /** Null while one of them is being read. */
  readonly documentIds: readonly string[] | null;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onSent: () => void;
}

/** Files of one conversation, as its message field shows them. */
export function useAttachments(store: AttachmentsStore, conversationId: string | null): AttachmentSlot {
  const attachments = useStore(store, (state) => attachmentsOf(state, conversationId));
  const [onFiles] = useState(() => store.add);
  const add = (files: readonly File[]): void => onFiles(conversationId, files);
  return {
    list: <AttachmentChips attachments={attachments} onRemove={(key) => store.remove(conversationId, key)} />,
    button: <AttachButton onFiles={add} />,
    documentIds: readyDocumentIds(attachments),
    onFiles: add,
    onSent: () => store.clear(conversationId),
  };
}
