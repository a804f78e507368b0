import { deflateRaw } from 'node:zlib';
import { promisify } from 'node:util';

import type { AnswerSource, Message } from '../../shared/contract/index.ts';
import { citedMarkdown } from '../../shared/model/documents/proof/cited-markdown.ts';
import type { ArchivedHead } from '../store/archived.ts';
import type { StoredMessages } from '../store/store.ts';
import { breathe, chosen, type ExportSource } from './export-json.ts';
import { createZipWriter } from './write-zip.ts';

export interface MarkdownSource extends ExportSource {
  readonly messages: Pick<StoredMessages, 'branch'>;
}

const compress = promisify<Buffer, Buffer>(deflateRaw);
/** More than any conversation has. */
const wholeBranch = 1_000_000;

/** A conversation as it is on screen: the branch that is shown, with who said what and when. */
function writeMarkdown(conversation: Pick<ArchivedHead, 'title' | 'createdAt'>, messages: readonly Message[]): string {
  const title = conversation.title === '' ? 'Untitled' : conversation.title;
  const parts = [`# ${title.replaceAll(/\s+/g, ' ')}`, `*${timeText(conversation.createdAt)}*`];
  for (const { role, model, createdAt, thought, text, state, sources } of messages) {
    const who = role === 'user' ? 'You' : (model?.name ?? 'Assistant');
    parts.push(`## ${who}`, `*${timeText(createdAt)}${state === 'done' || role === 'user' ? '' : `, ${state}`}*`);
    if (thought !== null && thought.text !== '') parts.push(quote(thought.text));
    parts.push((sources === undefined ? text : citedMarkdown(text, sources, describeSource)).trimEnd());
  }
  return `${parts.join('\n\n')}\n`;
}

function describeSource({ documentName, unit, page }: AnswerSource): string {
  return `${documentName}, ${unit} ${page}`;
}

/** One conversation as Markdown; undefined when there is none. */
export function exportMarkdown(source: MarkdownSource, conversationId: string): string | undefined {
  const conversation = source.archive.find(conversationId);
  return conversation && markdownOf(source, conversation);
}

/** All conversations, a file for each, in a zip archive. */
export async function* exportMarkdownZip(source: MarkdownSource): AsyncGenerator<Buffer> {
  const zip = createZipWriter();
  const used = new Set<string>();
  for await (const conversation of chosen(source.archive, null)) {
    const name = fileName(conversation, used);
    const content = Buffer.from(markdownOf(source, conversation));
    yield zip.entry({ name, content, compressed: await compress(content), atMs: conversation.updatedAt });
    await breathe();
  }
  yield zip.end();
}

function markdownOf({ messages }: MarkdownSource, conversation: ArchivedHead): string {
  const { headId } = conversation;
  return writeMarkdown(conversation, headId ? messages.branch(headId, wholeBranch).messages : []);
}

/** Date and title, without what some disk does not take, and no name twice. */
function fileName({ title, createdAt }: ArchivedHead, used: Set<string>): string {
  const plain = fileTitle(title);
  const stem = `${new Date(createdAt).toISOString().slice(0, 10)} ${plain}`;
  let name = stem;
  for (let more = 2; used.has(name.toLowerCase()); more += 1) name = `${stem} (${more})`;
  used.add(name.toLowerCase());
  return `${name}.md`;
}

/** A title as part of a file's name; never empty. */
export function fileTitle(title: string): string {
  const plain = title
    .replaceAll(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 80)
    .toWellFormed()
    .replaceAll(/^[. ]+|[. ]+$/g, '');
  return plain === '' ? 'Untitled' : plain;
}

function timeText(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function quote(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}
