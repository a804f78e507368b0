import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';

import { createTaskModel, type Asking, type TaskModel } from './ask-model.ts';
import { listContents, listFacts, listQuestions } from './list-document.ts';
import { doPlainTask } from './plain-task.ts';
import { summariseDocument } from './summarise-document.ts';
import type { TaskWork } from './task-work.ts';
import { translateDocument } from './translate-document.ts';

/**
 * A model that does a task: asked once, it asks the real one as often as the task needs. The runner of the turn sees one
 * answer like any other, with progress between its words.
 */
export function throughTask(model: LanguageModelV4, work: TaskWork): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    doStream: async (options) => ({ stream: toStream(answer(work, model, options)) }),
    doGenerate: () => Promise.reject(new Error('A task is only streamed.')),
  };
}

async function* answer(
  work: TaskWork,
  model: LanguageModelV4,
  options: LanguageModelV4CallOptions,
): AsyncGenerator<LanguageModelV4StreamPart> {
  const asked = createTaskModel(model, work, options);
  yield* doTask(work, asked);
  const { promptTokens, cachedTokens, replyTokens } = asked.usage;
  yield {
    type: 'finish',
    finishReason: { unified: 'stop', raw: 'stop' },
    usage: {
      inputTokens: {
        total: promptTokens,
        noCache: promptTokens - cachedTokens,
        cacheRead: cachedTokens,
        cacheWrite: undefined,
      },
      outputTokens: { total: replyTokens, text: replyTokens, reasoning: undefined },
    },
  };
}

function doTask(work: TaskWork, model: TaskModel): Asking<void> {
  if (work.plainReader) return doPlainTask(work, model);
  switch (work.task.kind) {
    case 'summary':
      return summariseDocument(work, model);
    case 'keyFacts':
      return listFacts(work, model);
    case 'outline':
      return listContents(work, model);
    case 'questions':
      return listQuestions(work, model);
    case 'translate':
      return translateDocument(work, work.task.language, model);
  }
}

function toStream(parts: AsyncGenerator<LanguageModelV4StreamPart>): ReadableStream<LanguageModelV4StreamPart> {
  return new ReadableStream<LanguageModelV4StreamPart>({
    async pull(controller) {
      try {
        const next = await parts.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      } catch (error) {
        controller.enqueue({ type: 'error', error });
        controller.close();
      }
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}
