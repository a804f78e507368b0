import { z } from 'zod';
import type { ErrorCode, ErrorDataByCode } from '../errors/codes.ts';

const count = z.number().int().nonnegative();
const nothing = z.record(z.string(), z.never());

/** Every error a call may answer with; it does not compile when it disagrees with `ErrorDataByCode`. */
export const declaredErrors = {
  CONVERSATION_NOT_FOUND: { data: z.object({ conversationId: z.string() }) },
  FILE_TOO_LARGE: { data: z.object({ sizeBytes: z.number(), limitBytes: z.number() }) },
  FILE_NOT_HANDED_OVER: { data: z.object({}) },
  DOCUMENT_NOT_FOUND: { data: z.object({ documentId: z.string() }) },
  REDACTION_INCOMPLETE: { data: z.object({ places: count }) },
  DEIDENTIFICATION_FAILED: { data: z.object({ reason: z.string() }) },
  ORIGINAL_MISSING: { data: z.object({}) },
  ORIGINAL_DAMAGED: { data: z.object({}) },
  COLLECTION_NOT_FOUND: { data: z.object({ collectionId: z.string() }) },
  FOLDER_UNUSABLE: { data: z.object({ path: z.string(), reason: z.string() }) },
  MESSAGE_NOT_FOUND: { data: z.object({ messageId: z.string() }) },
  FOLDER_NOT_FOUND: { data: z.object({ folderId: z.string() }) },
  PRESET_NOT_FOUND: { data: z.object({ presetId: z.string() }) },
  TURN_RUNNING: { data: z.object({ conversationId: z.string() }) },
  MESSAGE_TOO_LONG: { data: z.object({ lengthChars: count, limitChars: count }) },
  NO_MODEL: { data: z.object({ searchedFolder: z.string() }) },
  MODEL_NOT_FOUND: { data: z.object({ modelId: z.string() }) },
  MODEL_UNREADABLE: { data: z.object({ path: z.string(), reason: z.string() }) },
  OUT_OF_MEMORY: { data: z.object({ modelName: z.string(), neededBytes: count, freeBytes: count }) },
  MODEL_QUARANTINED: { data: z.object({ modelName: z.string(), crashes: count, reason: z.string() }) },
  ENGINE_CRASHED: {
    data: z.object({ reason: z.string(), cause: z.enum(['hang', 'memory']).exactOptional() }),
  },
  ENGINE_UNAVAILABLE: { data: z.object({ reason: z.string() }) },
  CONTEXT_FULL: { data: z.object({ neededTokens: count, contextTokens: count }) },
  MODEL_UNSUPPORTED: { data: z.object({ modelName: z.string(), what: z.string(), reason: z.string() }) },
  DISK_FULL: { data: z.object({ path: z.string() }) },
  DATABASE_LOCKED: { data: z.object({ path: z.string() }) },
  DATABASE_CORRUPT: { data: z.object({ path: z.string() }) },
  DATABASE_KEY_WRONG: { data: z.object({ path: z.string() }) },
  DATABASE_TOO_NEW: { data: z.object({ path: z.string(), databaseVersion: count, appVersion: count }) },
  DATA_DIRECTORY_IN_USE: {
    data: z.object({ path: z.string(), processId: count.nullable(), url: z.string().nullable() }),
  },
  DATA_DIRECTORY_UNUSABLE: { data: z.object({ path: z.string(), reason: z.string() }) },
  NOT_IN_BIN: { data: z.object({ id: z.string() }) },
  SNAPSHOT_NOT_FOUND: { data: z.object({ id: z.string() }) },
  SNAPSHOT_UNUSABLE: { data: z.object({ id: z.string(), reason: z.string() }) },
  SNAPSHOT_BUSY: { data: nothing },
  IMPORT_UNREADABLE: { data: z.object({ reason: z.string() }) },
  IMPORT_RUNNING: { data: nothing },
  PORT_IN_USE: { data: z.object({ port: count }) },
  FLAG_INVALID: { data: z.object({ flag: z.string(), reason: z.string() }) },
  CONFIG_INVALID: { data: z.object({ path: z.string(), key: z.string(), reason: z.string() }) },
  SETTINGS_INVALID: { data: z.object({ path: z.string(), key: z.string(), reason: z.string() }) },
  BAD_INPUT: { data: z.object({ issues: z.array(z.object({ path: z.string(), message: z.string() })) }) },
  UNKNOWN_ROUTE: { data: z.object({ route: z.string() }) },
  PAYLOAD_TOO_LARGE: { data: z.object({ limitBytes: count }) },
  UNAUTHORISED: { data: nothing },
  FORBIDDEN_ORIGIN: { data: z.object({ origin: z.string() }) },
  CANCELLED: { data: nothing },
  INTERNAL: { data: z.object({ reference: z.string() }) },
} satisfies { [C in ErrorCode]: { data: z.ZodType<ErrorDataByCode[C]> } };

/** An error as it is stored with a failed reply and shown beside it. */
export const errorReportSchema = z.object({
  code: z.string().transform((code, context): ErrorCode => {
    if (isErrorCode(code)) return code;
    context.addIssue({ code: 'custom', message: 'unknown error code' });
    return z.NEVER;
  }),
  message: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export type StoredError = z.infer<typeof errorReportSchema>;

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(declaredErrors, code);
}
