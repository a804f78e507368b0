import type { AnswerSource } from '../../../shared/contract/index.ts';
import { useFormat } from '../../ui/use-format.ts';
import { useTranslation } from '../../ui/use-translation.ts';

export interface SourceWords {
  /** `page 3` */
  place(source: AnswerSource): string;
  /** `lease.pdf, page 3` */
  name(source: AnswerSource): string;
  /** The titles it stands under, outermost first; empty for none. */
  headings(source: AnswerSource): string;
}

export function useSourceWords(): SourceWords {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const place = ({ unit, page }: AnswerSource): string => t(`proof.place.${unit}`, { number: format.number(page) });
  return {
    place,
    name: (source) => t('proof.name', { name: source.documentName, place: place(source) }),
    headings: ({ headings }) => headings.join(' › '),
  };
}
