import type { ReactNode } from 'react';
import { Block, defaultRemarkPlugins, Streamdown, type BlockProps, type Components } from 'streamdown';

import './markdown.css';
import {
  ImageLink,
  Link,
  LowHeading,
  MiddleHeading,
  Preformatted,
  Table,
  TaskBox,
  TopHeading,
} from './MarkdownElements.tsx';
import { isPlainParagraph } from './plain-paragraph.ts';
import { Citation } from './proof/Citation.tsx';
import { ProofMark } from './proof/ProofMark.tsx';
import { rehypeProof } from './proof/rehype-proof.ts';

/**
 * Without the plugin that parses HTML, tags in an answer stay text: what a model writes can not become an element that
 * is not in this list.
 */
const rehypePlugins: [] = [];
const proofPlugins = [rehypeProof];
const remarkPlugins = Object.values(defaultRemarkPlugins);

/** Plain elements where nothing has to happen; markdown.css gives them their look. */
const components: Components = {
  a: Link,
  img: ImageLink,
  pre: Preformatted,
  table: Table,
  input: TaskBox,
  h1: TopHeading,
  h2: MiddleHeading,
  h3: LowHeading,
  h4: LowHeading,
  h5: LowHeading,
  h6: LowHeading,
  p: 'p',
  ul: 'ul',
  ol: 'ol',
  li: 'li',
  blockquote: 'blockquote',
  code: 'code',
  hr: 'hr',
  strong: 'strong',
  section: 'section',
  sub: 'sub',
  sup: 'sup',
  thead: 'thead',
  tbody: 'tbody',
  tr: 'tr',
  th: 'th',
  td: 'td',
  // Only `rehypeProof` makes these two.
  cite: Citation,
  mark: ProofMark,
};

/** Most paragraphs, while they grow, are words and nothing else: to parse them each time takes longer than to draw them. */
function ParsedWhereNeeded(props: BlockProps): ReactNode {
  const text = props.content.trim();
  return isPlainParagraph(props.content.trimEnd()) ? <p>{text}</p> : <Block {...props} />;
}

export interface MarkdownProps {
  readonly text: string;
  readonly running: boolean;
  /** The numbers in it are those of sources, and its marks are to be shown. */
  readonly proven?: boolean;
}

/** An answer as typography. While it grows, only the block at its end is parsed and rendered again. */
export function Markdown({ text, running, proven = false }: MarkdownProps): ReactNode {
  // The first words of nearly every answer, and the whole of many.
  if (isPlainParagraph(text)) {
    return (
      <div className="markdown">
        <p>{text.trim()}</p>
      </div>
    );
  }
  return (
    <Streamdown
      className="markdown"
      components={components}
      BlockComponent={ParsedWhereNeeded}
      rehypePlugins={proven ? proofPlugins : rehypePlugins}
      remarkPlugins={remarkPlugins}
      parseIncompleteMarkdown={running}
      controls={false}
    >
      {text}
    </Streamdown>
  );
}
