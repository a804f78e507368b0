import type { ErrorCode } from '../../../shared/errors/codes.ts';

/** What happened, why, and what to do next. Numbers arrive already formatted for the language. */
export const errorsEn = {
  FILE_TOO_LARGE:
    'The file has {{sizeBytes}}, and at most {{limitBytes}} can be taken. Split it, or drop only the part you need.',
  FILE_NOT_HANDED_OVER: 'The file did not arrive whole, or was given up in the meantime. Drop it again.',
  COLLECTION_NOT_FOUND: 'This collection does not exist any more. Choose another one.',
  FOLDER_UNUSABLE: 'The folder “{{path}}” cannot be watched: {{reason}}. Choose another one.',
  DOCUMENT_NOT_FOUND:
    'This document is not there any more. It may have been deleted; drop the file again to ask about it.',
  REDACTION_INCOMPLETE:
    'The copy still held something that was to be taken out, in {{places}} places, so it was not made. Add these words to the list of your own words, or untick what may stay, and try again.',
  DEIDENTIFICATION_FAILED: 'No de-identified copy was made. {{reason}}',
  ORIGINAL_MISSING:
    'The original of this document is not kept here, only its text. Drop the file again to see its pages.',
  ORIGINAL_DAMAGED:
    'The kept original of this document was damaged, so it is not shown. Its text is there. Drop the file again to see its pages.',
  CONVERSATION_NOT_FOUND: 'This conversation no longer exists. Choose another one or start a new chat.',
  MESSAGE_NOT_FOUND: 'This message no longer exists. Open the conversation again to see what is there.',
  FOLDER_NOT_FOUND: 'This folder no longer exists. Choose another one.',
  PRESET_NOT_FOUND: 'This role no longer exists. Choose another one.',
  TURN_RUNNING: 'An answer is still being written in this conversation. Wait for it or stop it first.',
  MESSAGE_TOO_LONG:
    'The message has {{lengthChars}} characters; at most {{limitChars}} fit. Shorten it or send it in parts.',
  NO_MODEL:
    'There is no model to answer. Put a GGUF file into {{searchedFolder}}, or start Clawdbot with --model FILE.',
  MODEL_NOT_FOUND: 'This model is no longer there. Choose another one.',
  MODEL_UNREADABLE: 'The model file {{path}} cannot be used: {{reason}} Choose another model or replace the file.',
  OUT_OF_MEMORY:
    '{{modelName}} needs {{neededBytes}} of memory, and {{freeBytes}} are free. Close other apps or choose a smaller model.',
  MODEL_QUARANTINED:
    '{{modelName}} crashed the engine {{crashes}} times ({{reason}}) and is set aside. Use another model, delete its file, or choose it again to try once more.',
  ENGINE_CRASHED: 'The engine stopped while it was working ({{reason}}). It starts again by itself.',
  'ENGINE_CRASHED@hang': 'The engine stopped responding and was ended ({{reason}}). It starts again by itself.',
  'ENGINE_CRASHED@memory':
    'The system ended the engine, most likely because memory ran out ({{reason}}). It starts again with a shorter context; close other apps or choose a smaller model.',
  ENGINE_UNAVAILABLE: 'The engine cannot start: {{reason}} Try again; if it stays so, restart Clawdbot.',
  CONTEXT_FULL:
    'The text has {{neededTokens}} tokens, and this model reads at most {{contextTokens}}. Shorten it or start a new chat.',
  MODEL_UNSUPPORTED:
    '{{modelName}} cannot be used with "{{what}}": {{reason}} Change its options, or choose another model.',
  DISK_FULL: 'The disk with {{path}} is full. Free some space, then try again. Nothing was lost.',
  DATABASE_LOCKED: 'Another program is using the database {{path}}. Close it, then try again.',
  DATABASE_CORRUPT: 'The database {{path}} is damaged. Restore it from a backup; the file was left as it is.',
  DATABASE_KEY_WRONG: 'The key does not open the database {{path}}. Restore the key that belongs to it.',
  DATABASE_TOO_NEW:
    'The database {{path}} was written by a newer Clawdbot (format {{databaseVersion}}, this one reads {{appVersion}}). Update Clawdbot.',
  DATA_DIRECTORY_IN_USE: 'Another Clawdbot is using {{path}}. Use that one, or close it first.',
  DATA_DIRECTORY_UNUSABLE: 'The data folder {{path}} cannot be used: {{reason}} Choose another one with --data-dir.',
  NOT_IN_BIN: 'This is no longer in the bin. Open the bin again to see what is there.',
  SNAPSHOT_NOT_FOUND: 'This snapshot is no longer there. Choose another one.',
  SNAPSHOT_UNUSABLE: 'This snapshot cannot be used: {{reason}} Nothing was changed. Choose another one.',
  SNAPSHOT_BUSY: 'A snapshot is being made or put back. Wait a moment, then try again.',
  IMPORT_UNREADABLE:
    'This file cannot be imported: {{reason}}. Choose the archive or conversations.json that was exported. Nothing was changed.',
  IMPORT_RUNNING: 'Another file is being imported. Wait until it is done, or stop it.',
  PORT_IN_USE: 'Port {{port}} is taken by another program. Choose another one with --port.',
  FLAG_INVALID: 'The flag {{flag}} is not valid: {{reason}}',
  CONFIG_INVALID: 'The configuration {{path}} has a mistake at {{key}}: {{reason}}',
  SETTINGS_INVALID: 'The settings file {{path}} has a mistake at {{key}}: {{reason}} Correct it or remove the file.',
  BAD_INPUT: 'Clawdbot did not understand this request. Reload the window, then try again.',
  UNKNOWN_ROUTE: 'This window and Clawdbot have different versions. Reload the window.',
  PAYLOAD_TOO_LARGE: 'This is larger than {{limitBytes}}, the most that can be sent at once. Send it in parts.',
  UNAUTHORISED: 'This window is not signed in. Open the address that Clawdbot printed when it started.',
  FORBIDDEN_ORIGIN: 'Pages from {{origin}} may not talk to Clawdbot. Open the address that Clawdbot printed.',
  CANCELLED: 'Stopped.',
  INTERNAL: 'Something went wrong inside Clawdbot. The log has the details under {{reference}}. Try again.',
  connectionLost: 'The connection to Clawdbot was lost. It is being restored; try again in a moment.',
  unknown: 'Something unexpected went wrong. Try again.',
} as const satisfies Record<
  ErrorCode | 'ENGINE_CRASHED@hang' | 'ENGINE_CRASHED@memory' | 'connectionLost' | 'unknown',
  string
>;
