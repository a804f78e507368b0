import { conversations } from './0001-conversations.ts';
import type { Migration } from './migration.ts';

export const allMigrations: readonly Migration[] = [conversations];
