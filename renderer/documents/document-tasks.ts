import type { DocumentTask } from '../../shared/contract/index.ts';
import type { MenuItem } from '../ui/menu-item.ts';
import { useLanguage, useTranslation } from '../ui/use-translation.ts';

export interface TaskDocument {
  readonly id: string;
  readonly name: string;
}

/** A task that a person chose, and the words that stand for it in the conversation. */
export interface ChosenTask {
  readonly task: DocumentTask;
  readonly documentIds: readonly string[];
  readonly text: string;
}

const plainKinds = ['summary', 'keyFacts', 'outline', 'questions'] as const;

/** By their own names, as whoever reads one knows it. */
const languages = [
  ['en', 'English'],
  ['zh-Hans', '简体中文'],
  ['zh-Hant', '繁體中文'],
  ['es', 'Español'],
  ['fr', 'Français'],
  ['de', 'Deutsch'],
  ['it', 'Italiano'],
  ['pt', 'Português'],
  ['ru', 'Русский'],
  ['ja', '日本語'],
  ['ko', '한국어'],
] as const;

/** What can be done with documents as a whole, as rows of a menu. */
export function useTaskItems(
  documents: readonly TaskDocument[],
  onTask: (chosen: ChosenTask) => void,
): readonly MenuItem[] {
  const { t } = useTranslation('documents');
  const uiLanguage = useLanguage();
  if (documents.length === 0) return [];
  const [first] = documents;
  const name = documents.length === 1 && first !== undefined ? first.name : t('someFiles', { count: documents.length });
  const documentIds = documents.map(({ id }) => id);
  const languageName = (language: string): string =>
    new Intl.DisplayNames([uiLanguage], { type: 'language' }).of(language) ?? language;
  return [
    ...plainKinds.map((kind) => ({
      label: t(`task.${kind}`),
      onSelect: () => onTask({ task: { kind }, documentIds, text: t(`asked.${kind}`, { name }) }),
    })),
    {
      kind: 'submenu',
      label: t('task.translate'),
      items: languages.map(([language, label]) => ({
        label,
        onSelect: () =>
          onTask({
            task: { kind: 'translate', language },
            documentIds,
            text: t('asked.translate', { name, language: languageName(language) }),
          }),
      })),
    },
  ];
}
