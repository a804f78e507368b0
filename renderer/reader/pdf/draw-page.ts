import { RenderingCancelledException, TextLayer, type PDFPageProxy } from 'pdfjs-dist';

import type { Leaves } from '../leaves.ts';
import { textOf } from './open-pdf.ts';

/** More would cost hundreds of megabytes; a page that is larger on the screen is drawn coarser. */
const mostCanvasPixels = 24_000_000;

/**
 * Draws a page into a canvas of its own. `scale` is pixels of CSS for a point.
 *
 * @throws what pdf.js throws for a page it cannot draw; undefined when the signal aborted
 */
export async function drawPage(
  page: PDFPageProxy,
  scale: number,
  signal: AbortSignal,
): Promise<HTMLCanvasElement | undefined> {
  const size = page.getViewport({ scale });
  const pixels = size.width * size.height;
  const ratio = Math.min(devicePixelRatio, Math.sqrt(mostCanvasPixels / Math.max(1, pixels)));
  const viewport = page.getViewport({ scale: scale * ratio });
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(viewport.width));
  canvas.height = Math.max(1, Math.round(viewport.height));
  const task = page.render({ canvas, viewport });
  const stop = (): void => task.cancel();
  signal.addEventListener('abort', stop);
  try {
    await task.promise;
    return signal.aborted ? undefined : canvas;
  } catch (error) {
    if (error instanceof RenderingCancelledException || signal.aborted) return undefined;
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Fills an element with the text of a page, where it stands. Its size follows `--total-scale-factor`. */
export async function layText(page: PDFPageProxy, container: HTMLElement): Promise<Leaves & { text: string }> {
  const content = await page.getTextContent();
  const layer = new TextLayer({ textContentSource: content, container, viewport: page.getViewport({ scale: 1 }) });
  await layer.render();
  return { ...textOf(content), elements: layer.textDivs };
}
