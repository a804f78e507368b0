import type { Migration } from './migration.ts';

export const fileNames: Migration = {
  version: 14,
  name: 'file names',
  up(execute) {
    // A search looks at every name. The rows hold long reports, so they must not be read for it; SQLite takes the index
    // alone only when `removed_at` is in it, although its condition says the same.
    execute(`CREATE INDEX documents_by_name ON documents (name, removed_at) WHERE removed_at IS NULL;`);
  },
};
