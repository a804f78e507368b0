import type { Migration } from './migration.ts';

export const fileNames: Migration = {
  version: 14,
  name: 'file names',
  up(execute) {
    // A search looks at every name. The rows themselves hold long reports before what says that they are removed.
    execute(`CREATE INDEX documents_by_name ON documents (name) WHERE removed_at IS NULL;`);
  },
};
