import type { KeyboardEvent } from 'react';

/**
 * Whether the key belongs to an input method: Enter then takes a candidate and must not send. Safari ends the
 * composition before the key press arrives and marks it with the key code 229 alone.
 */
export function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}
