import type { EngineReport } from '../../../shared/model/engine-protocol.ts';

/** What goes over the channel at once: one report, or the texts of one turn of the event loop. */
export type Message = EngineReport | readonly EngineReport[];

/**
 * Sends the texts of one turn of the event loop together, after the next calculation was begun: writing to the pipe
 * takes as long as a small model needs for a token. The order of reports does not change.
 */
export function batchText(post: (message: Message) => void): (report: EngineReport) => void {
  let texts: EngineReport[] = [];
  const flush = (): void => {
    if (texts.length === 0) return;
    const message = texts;
    texts = [];
    post(message);
  };
  return (report) => {
    if (report.type !== 'text') {
      flush();
      post(report);
      return;
    }
    if (texts.length === 0) setImmediate(flush);
    texts.push(report);
  };
}
