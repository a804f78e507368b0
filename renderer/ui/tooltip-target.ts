import type { TooltipSide } from './place-tooltip.ts';

/** What a button says about its tooltip; `TooltipLayer` reads it when the pointer or the focus comes. */
export interface TooltipMarks {
  readonly 'data-tip': TooltipSide;
  /** Keys as in `Kbd`: `Mod+N`. */
  readonly 'data-tip-keys'?: string;
}

export function tooltipMarks(keys: string | undefined, side: TooltipSide = 'bottom'): TooltipMarks {
  return keys === undefined ? { 'data-tip': side } : { 'data-tip': side, 'data-tip-keys': keys };
}

export interface TooltipTarget {
  readonly element: HTMLElement;
  readonly keys: string | undefined;
  readonly side: TooltipSide;
}

/** The button with a tooltip at or around the place of an event. */
export function tryTooltipTarget(place: EventTarget | null): TooltipTarget | undefined {
  const element = place instanceof Element ? place.closest('[data-tip]') : null;
  if (!(element instanceof HTMLElement)) return undefined;
  const side = element.dataset['tip'];
  if (side !== 'top' && side !== 'bottom' && side !== 'left' && side !== 'right') return undefined;
  return { element, side, keys: element.dataset['tipKeys'] };
}
