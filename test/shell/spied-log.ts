import { vi } from 'vitest';

/** A log that only remembers that it was written to. */
export function spiedLog() {
  return { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
}
