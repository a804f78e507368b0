import type { Reading } from '../reading.ts';
import { mailContent, type MailContent } from './mail-content.ts';

const namesShown = 20;

/** @throws DocumentFailure */
export async function readMail(bytes: Uint8Array, reading: Reading): Promise<void> {
  const content = mailContent(Buffer.from(bytes).toString('latin1'));
  if (content.subject !== '') reading.title(content.subject);
  noteAttachments(content.attachments, reading);
  await sendMessage(content, reading);
}

/**
 * A mailbox of RFC 4155: messages that each begin with a line `From `.
 *
 * @throws DocumentFailure
 */
export async function readMailbox(bytes: Uint8Array, reading: Reading): Promise<void> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const attachments: string[] = [];
  let from = 0;
  while (from < text.length) {
    const gap = /\r?\n\r?\n(?=From \S)/g;
    gap.lastIndex = from;
    const end = gap.exec(text);
    const message = text.slice(from, end?.index ?? text.length).replace(/^From .*\r?\n/, '');
    const content = mailContent(message.replaceAll(/^>(>*From )/gm, '$1'));
    attachments.push(...content.attachments);
    await sendMessage(content, reading);
    from = end === null ? text.length : gap.lastIndex;
  }
  noteAttachments(attachments, reading);
}

async function sendMessage({ subject, blocks, pictures }: MailContent, reading: Reading): Promise<void> {
  const label = subject.slice(0, 200);
  await reading.page({ unit: 'message', ...(label === '' ? {} : { label }), blocks, pictures });
}

function noteAttachments(attachments: readonly string[], reading: Reading): void {
  if (attachments.length === 0) return;
  const names = attachments.slice(0, namesShown).map((name) => name.slice(0, 200));
  reading.problem({ code: 'ATTACHMENTS_NOT_READ', data: { names } });
}
