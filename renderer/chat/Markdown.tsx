import type { ReactNode } from 'react';
import { defaultRemarkPlugins, Streamdown, type Components } from 'streamdown';

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

/**
 * Without the plugin that parses HTML, tags in an answer stay text: what a model writes can not become an element that
 * is not in this list.
 */
const rehypePlugins: [] = [];
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
};

/** An answer as typography. While it grows, only the block at its end is parsed and rendered again. */
export function Markdown({ text, running }: { text: string; running: boolean }): ReactNode {
  return (
    <Streamdown
      className="markdown"
      components={components}
      rehypePlugins={rehypePlugins}
      remarkPlugins={remarkPlugins}
      parseIncompleteMarkdown={running}
      controls={false}
    >
      {text}
    </Streamdown>
  );
}
