import { useCallback, useEffect, useMemo, useRef, type ReactNode } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';

import { useErrorText } from '../../ui/use-error-text.ts';
import { useFormat } from '../../ui/use-format.ts';
import { useTranslation } from '../../ui/use-translation.ts';
import type { TextSpan } from '../find/find-places.ts';
import type { ReaderView, ReaderViewProps } from '../reader-view.ts';
import { usePassages } from '../use-passages.ts';
import { textOfSection, toSections } from './sections.ts';
import { SectionView } from './SectionView.tsx';

const noSpans: readonly TextSpan[] = [];

/** What was read in a document, in its order, with its titles, lists and tables. */
export function TextView(props: ReaderViewProps): ReactNode {
  const { opened, target, find, onView, onPosition } = props;
  const { t } = useTranslation('reader');
  const format = useFormat();
  const errorText = useErrorText();
  const list = useRef<VirtualizerHandle>(null);
  const { passages, done, error } = usePassages(opened.document.id, true);
  const sections = useMemo(() => toSections(passages), [passages]);
  const pageCount = Math.max(1, opened.pages.length);
  const place = find.places[find.current];

  const latest = useRef(sections);
  useEffect(() => {
    latest.current = sections;
  });
  const tellPosition = useCallback(() => {
    const top = list.current?.findItemIndex(list.current.scrollOffset + 40) ?? 0;
    onPosition({ page: latest.current[top]?.passage.page ?? 1, pages: pageCount, zoom: null });
  }, [onPosition, pageCount]);
  useEffect(() => {
    if (!done) return undefined;
    const view: ReaderView = {
      find: {
        sections: latest.current.length,
        textOf: async (index) => {
          const section = latest.current[index];
          return section === undefined ? '' : textOfSection(section);
        },
        currentSection: () => list.current?.findItemIndex(list.current.scrollOffset + 40) ?? 0,
      },
      goToPage(page) {
        const index = latest.current.findIndex((section) => section.passage.page >= page);
        list.current?.scrollToIndex(index < 0 ? latest.current.length - 1 : index, { align: 'start' });
      },
    };
    onView(view);
    tellPosition();
    return () => onView(null);
  }, [done, onView, tellPosition]);

  useEffect(() => {
    if (target === null || !done) return;
    const { seq, page } = target;
    const index = latest.current.findIndex(({ passage }) =>
      seq === undefined ? passage.page >= page : passage.seq === seq,
    );
    if (index >= 0) list.current?.scrollToIndex(index, { align: seq === undefined ? 'start' : 'center' });
  }, [target, done]);
  useEffect(() => {
    if (place !== undefined) list.current?.scrollToIndex(place.section, { align: 'nearest' });
  }, [place]);

  const found = useMemo(() => Map.groupBy(find.places, ({ section }) => section), [find.places]);
  const labelOf = (page: number): string => {
    const report = opened.pages[page - 1];
    const words = t(`place.${report?.unit ?? 'page'}`, { number: page });
    return report?.label ? `${words} · ${report.label}` : words;
  };

  if (error !== undefined) return <p className="p-8 text-center text-danger">{errorText(error)}</p>;
  if (!done) {
    const fraction = Math.min(1, passages.length / Math.max(1, opened.document.passages));
    return (
      <p role="status" className="p-8 text-center text-muted">
        {t('loadingText', { percent: format.percent(fraction) })}
      </p>
    );
  }
  if (sections.length === 0) return <p className="p-8 text-center text-muted">{t('noText')}</p>;
  return (
    <div
      data-reader-scroller
      role="region"
      aria-label={t('pages', { name: opened.document.name })}
      tabIndex={0}
      className="relative h-full overflow-y-auto py-2 outline-none select-text focus-visible:outline-2 focus-visible:-outline-offset-2"
    >
      <Virtualizer ref={list} onScroll={tellPosition}>
        {sections.map((section, index) => {
          const { passage } = section;
          const isTarget = target !== null && target.seq === passage.seq;
          const spans = found.get(index) ?? noSpans;
          return (
            <SectionView
              key={passage.seq}
              section={section}
              pageLabel={labelOf(passage.page)}
              isTarget={isTarget}
              quote={isTarget ? target.quote : undefined}
              found={spans}
              currentFound={place === undefined ? -1 : spans.findIndex((span) => span === place)}
            />
          );
        })}
      </Virtualizer>
    </div>
  );
}
