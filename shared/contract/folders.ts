import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { conversationSchema } from './chat.ts';
import { declaredErrors } from './errors.ts';

const base = oc.errors(declaredErrors);
const id = z.string().min(1).max(64);

export const folderNameLimitChars = 80;

export const folderSchema = z.object({
  id,
  name: z.string(),
  /** The sidebar shows only its name. */
  collapsed: z.boolean(),
});
export type Folder = z.infer<typeof folderSchema>;

const byFolder = z.object({ folderId: id });
const name = z.string().trim().min(1).max(folderNameLimitChars);

export const foldersContract = {
  /** All folders by name: now, and again after every change. */
  watch: base.output(eventIterator(z.array(folderSchema))),
  create: base.input(z.object({ name })).output(folderSchema),
  rename: base.input(byFolder.extend({ name })).output(folderSchema),
  collapse: base.input(byFolder.extend({ collapsed: z.boolean() })).output(folderSchema),
  /** Its conversations stay, outside of any folder. `restore` brings it back for 30 days, with those that are not in another. */
  remove: base.input(byFolder).output(z.object({})),
  restore: base.input(byFolder).output(folderSchema),
  /** Null takes the conversation out of its folder. */
  move: base.input(z.object({ conversationId: id, folderId: id.nullable() })).output(conversationSchema),
};
