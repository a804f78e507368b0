import type { Migration } from './migration.ts';

export const forgottenDocuments: Migration = {
  version: 9,
  name: 'forgotten documents',
  up(execute) {
    // What a person deletes for good is gone with what was sent along, also when the rows go by a cascade.
    execute(`
      CREATE TRIGGER documents_forgotten AFTER DELETE ON message_documents
        WHEN NOT EXISTS (SELECT 1 FROM message_documents WHERE document_id = old.document_id) BEGIN
        DELETE FROM documents WHERE id = old.document_id;
      END;
    `);
  },
};
