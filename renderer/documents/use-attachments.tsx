import { useEffect, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';

import { useTranslation } from '../ui/use-translation.ts';
import { AttachButton } from './AttachButton.tsx';
import { AttachmentChips } from './AttachmentChips.tsx';
import type { ChosenTask } from './document-tasks.ts';
import { TaskButtons } from './TaskButtons.tsx';
import { attachmentsOf, readyDocumentIds, type AttachmentsStore } from './attachments-store.ts';

export interface AttachmentSlot {
  readonly list: ReactNode;
  readonly button: ReactNode;
  /** What can be done with them, while nothing is written. */
  readonly whileEmpty: ReactNode;
  /** Null while one of them is being read. */
  readonly documentIds: readonly string[] | null;
  readonly onFiles: (files: readonly File[]) => void;
  /** A long text becomes a file. What comes back puts it away again and answers with the text, while it is there. */
  readonly onLongPaste: (text: string) => () => string | undefined;
  /** `documentIds`: which of them went with a message; all when it is left out. */
  readonly onSent: (documentIds?: readonly string[]) => void;
}

/** Files of one conversation, as its message field shows them. */
export function useAttachments(
  store: AttachmentsStore,
  conversationId: string | null,
  onTask: (chosen: ChosenTask) => void,
  /** A pasted text is to stand in the message after all. */
  onPutBack: (text: string) => void,
): AttachmentSlot {
  const { t } = useTranslation('documents');
  const attachments = useStore(store, (state) => attachmentsOf(state, conversationId));
  const [onFiles] = useState(() => store.add);
  useEffect(() => store.restore(conversationId), [store, conversationId]);
  const add = (files: readonly File[]): void => onFiles(conversationId, files);
  const documentIds = readyDocumentIds(attachments);
  const ready = attachments.flatMap(({ name, state }) =>
    state.kind === 'read' && state.document.usable ? [{ id: state.document.id, name }] : [],
  );
  return {
    list: (
      <AttachmentChips
        attachments={attachments}
        onRemove={(key) => store.remove(conversationId, key)}
        onTask={onTask}
        onPutBack={(key) => {
          const text = store.takeBack(conversationId, key);
          if (text !== undefined) onPutBack(text);
        }}
      />
    ),
    whileEmpty: documentIds === null || ready.length === 0 ? null : <TaskButtons documents={ready} onTask={onTask} />,
    button: <AttachButton onFiles={add} />,
    documentIds,
    onFiles: add,
    onLongPaste(text) {
      const key = store.addPasted(conversationId, text, t('pastedName'));
      return () => store.takeBack(conversationId, key);
    },
    onSent: (sent) => store.clear(conversationId, sent),
  };
}
