import { CircleCheck, Circle } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import type { ExtraProps } from 'streamdown';

import { CodeBlock } from './CodeBlock.tsx';
import { trySafeAddress } from './safe-address.ts';
import { useTranslation } from '../ui/use-translation.ts';

type Node = ExtraProps['node'];

/** A link that may be opened, in a window of its own; anything else is only its words. */
export function Link({ href, children }: ComponentProps<'a'> & ExtraProps): ReactNode {
  const address = trySafeAddress(href);
  if (address === undefined) return <span>{children}</span>;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer" title={address}>
      {children}
    </a>
  );
}

/**
 * Never an image: fetching one tells a stranger's server that, and from where, this answer is being read, and its
 * address can carry words of the conversation. It becomes a link that a person may follow.
 */
export function ImageLink({ src, alt }: ComponentProps<'img'> & ExtraProps): ReactNode {
  const { t } = useTranslation('chat');
  const name = alt === undefined || alt === '' ? t('imageUnnamed') : t('image', { name: alt });
  return <Link href={typeof src === 'string' ? src : undefined}>{name}</Link>;
}

/** A wide table scrolls in a frame of its own. */
export function Table({ children }: ComponentProps<'table'> & ExtraProps): ReactNode {
  const { t } = useTranslation('chat');
  return (
    <div className="table-frame" role="group" aria-label={t('table')} tabIndex={0}>
      <table>{children}</table>
    </div>
  );
}

/** The box of a task list. */
export function TaskBox({ checked }: ComponentProps<'input'> & ExtraProps): ReactNode {
  const { t } = useTranslation('chat');
  const done = checked === true;
  const Icon = done ? CircleCheck : Circle;
  return (
    <Icon role="img" aria-label={t(done ? 'taskDone' : 'taskOpen')} className={done ? 'task-done' : 'task-open'} />
  );
}

/*
 * One level under the heading of the message, whatever a model chose: it begins where it likes and leaves levels out,
 * which would make an outline that leads nowhere. The difference stays to be seen.
 */
export function TopHeading({ children }: ComponentProps<'h1'> & ExtraProps): ReactNode {
  return <h3 className="heading-top">{children}</h3>;
}
export function MiddleHeading({ children }: ComponentProps<'h2'> & ExtraProps): ReactNode {
  return <h3 className="heading-middle">{children}</h3>;
}
export function LowHeading({ children }: ComponentProps<'h3'> & ExtraProps): ReactNode {
  return <h3 className="heading-low">{children}</h3>;
}

/** A fenced or indented block; its text and language are read from the tree, not from what it was rendered to. */
export function Preformatted({ node }: ComponentProps<'pre'> & ExtraProps): ReactNode {
  const code = node?.children.find((child) => child.type === 'element');
  const classes = code?.properties['className'];
  const names = Array.isArray(classes) ? classes.map(String) : [];
  const language = names.find((name) => name.startsWith('language-'))?.slice('language-'.length) ?? '';
  return <CodeBlock code={textOf(code).replace(/\n$/, '')} language={language} />;
}

function textOf(node: Node): string {
  return (node?.children ?? []).map((child) => (child.type === 'text' ? child.value : '')).join('');
}
