import { useEffect, useState, type ReactNode } from 'react';
import { VList } from 'virtua';

import type { FolderProblem } from '../../shared/contract/index.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { useAttempt } from '../ui/use-attempt.ts';
import { useLanguage, useTranslation } from '../ui/use-translation.ts';
import type { CollectionsStore } from './collections-store.ts';

interface FolderProblemsProps {
  readonly store: CollectionsStore;
  readonly collectionId: string;
  readonly onClose: () => void;
}

const atOnce = 200;

/** Each file of a folder that gave nothing, and why. */
export function FolderProblems({ store, collectionId, onClose }: FolderProblemsProps): ReactNode {
  const { t } = useTranslation('library');
  const language = useLanguage();
  const attempt = useAttempt();
  const [problems, setProblems] = useState<readonly FolderProblem[]>([]);
  const [whole, setWhole] = useState(false);
  const fetchAfter = (after: string): void =>
    attempt(async () => {
      const answer = await store.client.collections.problems({ collectionId, after, limit: atOnce });
      setProblems((before) => [...before.filter(({ path }) => path <= after), ...answer.problems]);
      setWhole(answer.problems.length < atOnce);
    });
  useEffect(() => {
    fetchAfter('');
    // Once; the list is a look at one moment.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [collectionId]);
  return (
    <Dialog
      open
      title={t('problems')}
      className="h-[min(480px,calc(100dvh-32px))] w-[min(560px,calc(100vw-32px))]"
      onOpenChange={(open) => (open ? undefined : onClose())}
    >
      <VList
        tabIndex={0}
        aria-label={t('problems')}
        className="min-h-0 flex-1 px-4 pb-4"
        onScroll={(offset) => {
          if (!whole && problems.length > 0 && offset > (problems.length - atOnce) * 40) {
            fetchAfter(problems.at(-1)?.path ?? '');
          }
        }}
      >
        {problems.map(({ path, text }) => (
          <div key={path} className="border-b border-hairline py-2">
            <p className="font-medium break-all">{path}</p>
            <p className="text-muted">{text[language === 'zh' ? 'zh' : 'en']}</p>
          </div>
        ))}
      </VList>
    </Dialog>
  );
}
