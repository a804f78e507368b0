import { cancelled } from '../../shared/errors/clawdbot-error.ts';
import type { EnginePriority, EngineSampling, EngineTurn } from '../../shared/model/engine-protocol.ts';
import { createAsyncQueue } from '../lib/async-queue.ts';
import type { Log } from '../ports.ts';
import type { CheckedModel } from './engine.ts';
import type { RequestReport } from './engine-report.ts';
import { fromFailure, internalError } from './failures.ts';
import type { HostLink } from './host-link.ts';
import type { GenerationEvent } from './generation-event.ts';

/** Reports kept for a reader that does not read. A whole context is far less; more means the host has gone mad. */
const backlogLimit = 200_000;

/** One answer of a model that is loaded. */
export async function* readAnswer(
  link: HostLink,
  model: CheckedModel,
  prompt: readonly EngineTurn[],
  sampling: EngineSampling,
  signal: AbortSignal,
  log: Log,
  { owner, priority }: { owner?: string | undefined; priority?: EnginePriority | undefined } = {},
): AsyncGenerator<GenerationEvent, void, undefined> {
  const reports = createAsyncQueue<RequestReport>({ signal, capacity: backlogLimit });
  const opened = link.open(
    {
      type: 'generate',
      modelId: model.id,
      prompt,
      sampling,
      ...(owner === undefined ? {} : { owner }),
      ...(priority === undefined ? {} : { priority }),
    },
    {
      report(report) {
        if (reports.push(report) || reports.ended) return;
        reports.fail(internalError(log, new Error('The backlog is full.'), 'An answer was not read.'));
        link.kill('it sent more than anybody can read');
      },
      lost: (error) => reports.fail(error),
    },
  );
  let finished = false;
  try {
    for await (const report of reports) {
      const event = toEvent(report, model, log);
      if (!event) continue;
      finished = event.type === 'finished';
      if (event.type === 'finished' && event.finish === 'aborted') throw cancelled();
      yield event;
      if (finished) return;
    }
    // Only the signal ends the queue without a failure.
    throw cancelled();
  } finally {
    if (!finished) opened.abort();
    opened.close();
  }
}

function toEvent(report: RequestReport, model: CheckedModel, log: Log): GenerationEvent | undefined {
  switch (report.type) {
    case 'queued':
      return { type: 'progress', progress: { phase: 'queued', ahead: report.ahead } };
    case 'reading': {
      const { readTokens, cachedTokens, totalTokens } = report;
      return { type: 'progress', progress: { phase: 'reading', readTokens, cachedTokens, totalTokens } };
    }
    case 'text': {
      const { id: _id, ...text } = report;
      return text;
    }
    case 'finished':
      return { type: 'finished', finish: report.finish, usage: report.usage };
    case 'failed':
      throw fromFailure(report.error, model, 0, log);
    case 'begun':
      return undefined;
    case 'loading':
    case 'loaded':
    case 'unloaded':
    case 'embedded':
    case 'ranked':
      log.warn({ type: report.type }, 'The engine answered a question with something else.');
      return undefined;
  }
}
