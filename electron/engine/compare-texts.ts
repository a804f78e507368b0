import { cancelled } from '../../shared/errors/clawdbot-error.ts';
import type { EnginePriority } from '../../shared/model/engine-protocol.ts';
import type { Log } from '../ports.ts';
import type { CheckedModel, EmbeddedTexts, RankedTexts } from './engine.ts';
import type { RequestReport } from './engine-report.ts';
import { fromFailure, internalError } from './failures.ts';
import type { HostLink, OpenRequest } from './host-link.ts';

/** What comparing texts needs beside them. */
export interface ComparingCall {
  readonly link: HostLink;
  readonly model: CheckedModel;
  readonly priority: EnginePriority;
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** Texts of one request, so that no message between the processes becomes large. */
const textsPerRequest = 256;

/** @throws CANCELLED, MODEL_UNSUPPORTED, ENGINE_CRASHED */
export async function embedTexts(call: ComparingCall, texts: readonly string[]): Promise<EmbeddedTexts> {
  const { model, priority } = call;
  const [vectors, cut]: [Float32Array[], number[]] = [[], []];
  let tokens = 0;
  for (let start = 0; start < texts.length; start += textsPerRequest) {
    const part = texts.slice(start, start + textsPerRequest);
    const report = await answerTo(call, { type: 'embed', modelId: model.id, texts: part, priority }, 'embedded');
    requireAll(call, report.vectors, part);
    vectors.push(...report.vectors);
    cut.push(...report.cut.map((index) => start + index));
    tokens += report.tokens;
  }
  return { vectors, cut, tokens };
}

/** @throws CANCELLED, MODEL_UNSUPPORTED, ENGINE_CRASHED */
export async function rankTexts(
  call: ComparingCall,
  query: string,
  documents: readonly string[],
): Promise<RankedTexts> {
  const { model, priority } = call;
  const [scores, cut]: [number[], number[]] = [[], []];
  let tokens = 0;
  for (let start = 0; start < documents.length; start += textsPerRequest) {
    const part = documents.slice(start, start + textsPerRequest);
    const request = { type: 'rerank', modelId: model.id, query, documents: part, priority } as const;
    const report = await answerTo(call, request, 'ranked');
    requireAll(call, report.scores, part);
    scores.push(...report.scores);
    cut.push(...report.cut.map((index) => start + index));
    tokens += report.tokens;
  }
  return { scores, cut, tokens };
}

function answerTo<T extends 'embedded' | 'ranked'>(
  { link, model, signal, log }: ComparingCall,
  request: OpenRequest,
  type: T,
): Promise<Extract<RequestReport, { type: T }>> {
  if (signal.aborted) return Promise.reject(cancelled());
  const isAnswer = (report: RequestReport): report is Extract<RequestReport, { type: T }> => report.type === type;
  const answer = Promise.withResolvers<Extract<RequestReport, { type: T }>>();
  const opened = link.open(request, {
    report(report) {
      if (isAnswer(report)) answer.resolve(report);
      else if (report.type === 'failed') answer.reject(fromFailure(report.error, model, 0, log));
      else log.warn({ type: report.type }, 'The engine answered texts with something else.');
    },
    lost: answer.reject,
  });
  const abort = (): void => {
    opened.abort();
    answer.reject(cancelled());
  };
  signal.addEventListener('abort', abort, { once: true });
  return answer.promise.finally(() => {
    signal.removeEventListener('abort', abort);
    opened.close();
  });
}

function requireAll({ log }: ComparingCall, results: readonly unknown[], texts: readonly string[]): void {
  if (results.length === texts.length) return;
  throw internalError(log, new Error(`${results.length} results for ${texts.length} texts.`), 'Texts were compared.');
}
