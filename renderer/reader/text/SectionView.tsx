import { useEffect, useRef, type ReactNode } from 'react';

import { classNames } from '../../ui/class-names.ts';
import { findQuote, type TextSpan } from '../find/find-places.ts';
import { paint, rangeOf, reveal } from '../leaves.ts';
import { leafStarts, textOfSection, type TextSection } from './sections.ts';
import type { TextBlock } from './text-blocks.ts';

interface SectionViewProps {
  readonly section: TextSection;
  /** Above the first passage of a page. */
  readonly pageLabel: string;
  readonly isTarget: boolean;
  readonly quote: string | undefined;
  readonly found: readonly TextSpan[];
  readonly currentFound: number;
}

/** A passage with its titles. Elements with `data-leaf` hold one string each, in the order of the section's leaves. */
export function SectionView(props: SectionViewProps): ReactNode {
  const { section, pageLabel, isTarget, quote, found, currentFound } = props;
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const elements = [...(element.current?.querySelectorAll('[data-leaf]') ?? [])];
    const leaves = { elements, starts: leafStarts(section.leaves) };
    const unpaint = found.flatMap(({ start, end }, index) => {
      const range = rangeOf(leaves, start, end);
      if (range === undefined) return [];
      if (index === currentFound) reveal(range);
      return [paint(index === currentFound ? 'reader-find-current' : 'reader-find', range)];
    });
    const [words] = quote === undefined ? [] : findQuote(textOfSection(section), quote);
    const range = words && rangeOf(leaves, words.start, words.end);
    if (range !== undefined) unpaint.push(paint('reader-quote', range));
    return () => unpaint.forEach((each) => each());
  }, [section, found, currentFound, quote]);

  const { passage, beginsPage, titles, blocks } = section;
  return (
    <div ref={element} data-page={passage.page} className="reader-prose mx-auto max-w-[680px] px-6">
      {beginsPage ? <p className="pt-4 pb-1 text-sm text-muted">{pageLabel}</p> : null}
      {titles.map(({ level, text }) => (
        <Title key={`${level} ${text}`} level={level} text={text} />
      ))}
      <div
        data-kind={isTarget ? 'passage' : undefined}
        className={classNames(
          '-mx-3 space-y-2 rounded-md px-3 py-1.5',
          isTarget && 'bg-[rgb(255_205_0/0.18)] outline-[1.5px] outline-[rgb(200_140_0/0.75)]',
        )}
      >
        {gatherLists(blocks).map((group, index) => {
          const parts = group.map((block, at) => <Block key={at} block={block} />);
          return group[0]?.kind === 'item' ? (
            <ul key={index} className="space-y-1">
              {parts}
            </ul>
          ) : (
            parts
          );
        })}
      </div>
    </div>
  );
}

/** Of one level for screen readers: of a long document only a part is in the page, where levels would have gaps. */
function Title({ level, text }: { readonly level: number; readonly text: string }): ReactNode {
  return (
    <h3 data-leaf className={classNames('pt-3 pb-1 font-semibold', level === 0 && 'text-lg')}>
      {text}
    </h3>
  );
}

/** List items that follow each other are one list. */
function gatherLists(blocks: readonly TextBlock[]): (readonly TextBlock[])[] {
  const groups: TextBlock[][] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    if (block.kind === 'item' && last?.[0]?.kind === 'item') last.push(block);
    else groups.push([block]);
  }
  return groups;
}

function Block({ block }: { readonly block: TextBlock }): ReactNode {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p data-leaf className="whitespace-pre-wrap">
          {block.text}
        </p>
      );
    case 'note':
      return (
        <p data-leaf className="text-sm whitespace-pre-wrap text-muted">
          {block.text}
        </p>
      );
    case 'item':
      return (
        <li className="flex list-none gap-2" style={{ marginLeft: 8 + 16 * block.depth }}>
          <span data-leaf className="shrink-0 text-muted">
            {block.marker}
          </span>
          <span data-leaf className="min-w-0">
            {block.text}
          </span>
        </li>
      );
    case 'table':
      return (
        <div className="overflow-x-auto">
          <table>
            {block.header === null ? null : (
              <thead>
                <tr>
                  {block.header.map((cell, index) => (
                    <th key={index} data-leaf>
                      {cell}
                    </th>
                  ))}
                </tr>
              </thead>
            )}
            <tbody>
              {block.rows.map((row, index) => (
                <tr key={index}>
                  {row.map((cell, column) => (
                    <td key={column} data-leaf>
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}
