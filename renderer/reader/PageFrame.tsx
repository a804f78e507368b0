import { useEffect, useRef, type CSSProperties, type ReactNode } from 'react';

import type { PassageBox, ReadPassage } from '../../shared/contract/index.ts';
import type { TextSpan } from './find/find-places.ts';
import { reveal } from './leaves.ts';
import type { PageSize } from './page-layout.ts';
import { boxesAt, recognisedText } from './recognised-text.ts';

/** What is pointed out on a page. */
export interface PageMarks {
  /** Of the passage that was asked for, in the page's own units. */
  readonly boxes: readonly PassageBox[];
  readonly quote: string | undefined;
  /** Places of the words that are looked for, in the text of the page. */
  readonly found: readonly TextSpan[];
  /** Index of the one that is shown; -1 for none. */
  readonly currentFound: number;
}

interface PageFrameProps {
  readonly number: number;
  readonly label: string;
  readonly size: PageSize;
  readonly topPx: number;
  readonly scale: number;
  readonly userUnit?: number;
  readonly marks: PageMarks;
  /** What recognition read on a page that is a picture. */
  readonly recognised: readonly ReadPassage[];
  readonly children: ReactNode;
}

/** A sheet of paper with what is marked on it. Boxes are shares of the page, so they are right at any zoom. */
export function PageFrame(props: PageFrameProps): ReactNode {
  const { number, label, size, topPx, scale, userUnit = 1, marks, recognised, children } = props;
  const style: CSSProperties & Record<`--${string}`, number> = {
    top: topPx,
    left: `max(${sideGapPx}px, calc(50% - ${(size.width * scale) / 2}px))`,
    width: size.width * scale,
    height: size.height * scale,
    '--total-scale-factor': scale * userUnit,
  };
  const current = marks.found[marks.currentFound];
  return (
    <div role="group" aria-label={label} data-page={number} className="reader-page" style={style}>
      {children}
      {marks.boxes.map((box) => (
        <Box key={`${box.x} ${box.y} ${box.width} ${box.height}`} kind="passage" box={box} page={size} />
      ))}
      {current === undefined
        ? null
        : boxesAt(recognised, current.start).map((box, index) => (
            <Box key={`${current.start} ${box.x} ${box.y}`} kind="find" box={box} page={size} revealed={index === 0} />
          ))}
      {recognised.length > 0 ? <p className="sr-only">{recognisedText(recognised)}</p> : null}
    </div>
  );
}

/** Beside the pages, at least. */
export const sideGapPx = 16;

interface BoxProps {
  readonly kind: 'passage' | 'find';
  readonly box: PassageBox;
  readonly page: PageSize;
  /** Brought into sight as soon as it is there. */
  readonly revealed?: boolean;
}

/** Letters reach a little over what is measured of them. */
const marginPt = 2;

function Box({ kind, box, page, revealed = false }: BoxProps): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (revealed && element.current !== null) reveal(element.current);
  }, [revealed]);
  const share = (value: number, whole: number): string => `${(100 * value) / whole}%`;
  return (
    <div
      ref={element}
      aria-hidden
      className="reader-box"
      data-kind={kind}
      style={{
        left: share(box.x - marginPt, page.width),
        top: share(box.y - marginPt, page.height),
        width: share(box.width + 2 * marginPt, page.width),
        height: share(box.height + 2 * marginPt, page.height),
      }}
    />
  );
}
