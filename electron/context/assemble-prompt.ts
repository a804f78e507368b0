import type { LanguageModelV4Prompt } from '@ai-sdk/provider';

import { ClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import type { Store } from '../store/store.ts';
import { createOutlines, type OutlineEntry } from './branch-outline.ts';
import { condenseText } from './condense-text.ts';
import { estimateTokens } from '../../shared/model/estimate-tokens.ts';
import type { AssembledPrompt, AssemblePrompt, PreparePrompt, PromptRequest } from './context.ts';
import { measureBranch, type MeasuredBranch } from './measure-branch.ts';
import {
  passageRequest,
  quoteDocuments,
  type DocumentQuestion,
  type DocumentQuote,
  type DocumentSource,
} from './quote-documents.ts';
import { planLayout, type Layout } from './plan-layout.ts';
import { recall } from './recall.ts';
import { findTask, type TaskSource } from './tasks/find-task.ts';
import { throughTask } from './tasks/task-answer.ts';
import { budgets } from './tasks/task-budgets.ts';
import { createNotesWriter } from './write-notes.ts';

type AssemblyStore = Pick<Store, 'branchSearch' | 'summaries'> & {
  readonly messages: Pick<Store['messages'], 'ancestors' | 'contents'>;
};

export interface Assembler {
  readonly assemble: AssemblePrompt;
  readonly prepare: PreparePrompt;
  /**
   * What the next prompt of a branch begins with, as if everything that is summarised had been read already: up to the
   * answer that it ends with.
   */
  ahead(request: PromptRequest): AssembledPrompt;
  /** The same way, the sizes only. */
  measure(request: PromptRequest): MeasuredBranch;
  /** Another database is in place: everything is read anew. */
  forget(): void;
}

/** Prompts from what is stored; a message is read when it is in the prompt, and measured once. */
export function createAssembler(store: AssemblyStore, documents?: DocumentSource, tasks?: TaskSource): Assembler {
  const outlines = createOutlines((headId, limit) => store.messages.ancestors(headId, limit));
  const condensed = createCondensed();
  const writeNotes = createNotesWriter();

  const measure = (request: PromptRequest, everythingReady = false): MeasuredBranch => {
    const summaries = store.summaries.of(request.conversationId);
    return measureBranch(
      outlines.branch(request.headId),
      everythingReady ? summaries.map((summary) => ({ ...summary, ready: true })) : summaries,
      request,
      writeNotes,
    );
  };

  const readTurns = (measured: MeasuredBranch, start: number): { question: string; answer: string | undefined }[] => {
    const shown = measured.exchanges.slice(start);
    const ids = shown.flatMap(({ questions, answers }) => [...questions, ...answers].map(({ id }) => id));
    const contents = store.messages.contents(ids);
    const textOf = ({ id }: OutlineEntry): string => {
      const text = contents.get(id)?.text ?? '';
      const shorter = measured.shortened.get(id);
      if (shorter === undefined) return text;
      return shorter.text ?? condensed(id, text, shorter.tokens);
    };
    const join = (entries: readonly OutlineEntry[]): string => entries.map(textOf).join('\n\n');
    return shown.map(({ questions, answers }) => ({
      question: join(questions),
      answer: answers.length === 0 ? undefined : join(answers),
    }));
  };

  /** What is not read in full: what lies before the first exchange, and long messages. */
  const unread = ({ branch, exchanges, shortened }: MeasuredBranch, start: number): Set<string> => {
    const first = exchanges[start]?.from ?? branch.length;
    const last = new Set(exchanges.at(-1)?.questions.map(({ id }) => id));
    const old = branch.slice(0, first).map(({ id }) => id);
    return new Set([...old, ...[...shortened.keys()].filter((id) => !last.has(id))]);
  };

  const questionOf = (measured: MeasuredBranch, fromEnd: number): string =>
    readTurns(measured, measured.exchanges.length - fromEnd)[0]?.question ?? '';

  const documentQuestion = (request: PromptRequest): DocumentQuestion | undefined => {
    const links = documents?.ofConversation(request.conversationId) ?? [];
    const collectionIds = documents?.collectionsOf(request.conversationId) ?? [];
    // Most conversations have none, and then nothing is measured for it.
    if (links.length + collectionIds.length === 0) return undefined;
    const measured = measure(request);
    return {
      links,
      collectionIds,
      among: new Set(measured.branch.map(({ id }) => id)),
      question: questionOf(measured, 1),
      before: measured.exchanges.length > 1 ? questionOf(measured, 2) : '',
      budgetTokens: documentRoom(request),
      plainReader: request.plainReader ?? false,
      givenBefore: request.givenBefore ?? [],
      ...(request.ranking === undefined ? {} : { ranking: request.ranking }),
    };
  };

  const quoteFor = (request: PromptRequest): DocumentQuote | undefined => {
    const question = documentQuestion(request);
    return documents && question && quoteDocuments(documents.choose, question);
  };

  const write = (
    measured: MeasuredBranch,
    layout: Layout,
    request: PromptRequest,
    { quote, recalled }: { readonly quote: DocumentQuote | undefined; readonly recalled: string },
  ): AssembledPrompt => {
    const { exchanges, sizes, coverages, boundaries, systemTokens } = measured;
    const coverage = layout.boundary === undefined ? undefined : coverages[layout.boundary];
    const turns = readTurns(measured, layout.start);
    const front = quote?.place === 'front' ? quote.text : '';
    const quoted = joinParts([quote?.place === 'question' ? quote.text : '', recalled]);
    const system = joinParts([request.systemPrompt, front, coverage?.notes ?? '']);
    const prompt: LanguageModelV4Prompt = system === '' ? [] : [{ role: 'system', content: system }];
    for (const [index, { question, answer }] of turns.entries()) {
      const isLast = index === turns.length - 1;
      const text = isLast && quoted !== '' ? `${quoted}\n\n${question}` : question;
      prompt.push({ role: 'user', content: [{ type: 'text', text }] });
      if (answer !== undefined) prompt.push({ role: 'assistant', content: [{ type: 'text', text: answer }] });
    }
    const notesTokens = layout.boundary === undefined ? 0 : (boundaries[layout.boundary]?.notesTokens ?? 0);
    const turnTokens = sizes
      .slice(layout.start)
      .reduce((sum, { questionTokens, answerTokens }) => sum + questionTokens + answerTokens, 0);
    const left = exchanges.slice(0, layout.start).filter(({ from }) => from >= (coverage?.messages ?? 0));
    return {
      prompt,
      omittedMessages: left.reduce((count, { questions, answers }) => count + questions.length + answers.length, 0),
      estimatedTokens:
        systemTokens + notesTokens + turnTokens + Math.ceil(estimateTokens(recalled) * request.tokenScale),
      ...(quote === undefined ? {} : { sources: quote.sources }),
    };
  };

  return {
    measure: (request) => measure(request, true),
    forget: () => outlines.forget(),

    async prepare(request, signal) {
      if (documents?.rank === undefined) return undefined;
      // It reads its documents whole: nobody waits for a ranking of their passages.
      if (tasks && findTask(tasks, request, documentRoom(request)) !== undefined) return undefined;
      const question = documentQuestion(request);
      const asked = question && passageRequest(question);
      return asked && (await documents.rank(asked, signal));
    },

    assemble(request) {
      const task = tasks && findTask(tasks, request, documentRoom(request));
      if (task !== undefined) {
        const through: AssembledPrompt['through'] = (model) => throughTask(model, task);
        return { prompt: [], omittedMessages: 0, estimatedTokens: budgets.piece(request), through };
      }
      const quote = quoteFor(request);
      if (request.plainReader === true && quote !== undefined) {
        return plainPrompt(quote, questionOf(measure(request), 1));
      }
      const measured = measure(withQuote(request, quote));
      requireRoom(measured, request.contextTokens);
      const layout = planLayout(measured.sizes, measured.boundaries, measured.roomTokens);
      const coverage = layout.boundary === undefined ? undefined : measured.coverages[layout.boundary];
      if (coverage?.ready === false) store.summaries.markReady(coverage.summaries.map(({ id }) => id));
      const recalled = recall(
        { search: store.branchSearch, contents: (ids) => store.messages.contents(ids) },
        {
          conversationId: request.conversationId,
          question: questionOf(measured, 1),
          among: unread(measured, layout.start),
          budgetTokens: Math.floor(recallRoom(measured, layout, request.contextTokens) / request.tokenScale),
        },
      );
      return write(measured, layout, request, { quote, recalled });
    },

    ahead(request) {
      const quote = quoteFor(request);
      const measured = measure(withQuote(request, quote), true);
      // The question that will come next takes part in the plan and is not written.
      const sizes = [...measured.sizes, { questionTokens: nextQuestionTokens, answerTokens: 0 }];
      const layout = planLayout(sizes, measured.boundaries, measured.roomTokens);
      // What fits the next question is not known yet.
      const front = quote?.place === 'front' ? quote : undefined;
      const shown = { ...layout, start: Math.min(layout.start, measured.sizes.length - 1) };
      return write(measured, shown, request, { quote: front, recalled: '' });
    },
  };
}

const nextQuestionTokens = 64;
/** Of the context, for what is read of documents. */
const documentShare = 0.5;

function documentRoom({ contextTokens, tokenScale }: PromptRequest): number {
  return Math.floor((contextTokens * documentShare) / tokenScale);
}

function joinParts(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

/** For measuring only: what is quoted takes its room from the conversation, wherever it stands. */
function withQuote(request: PromptRequest, quote: DocumentQuote | undefined): PromptRequest {
  return quote === undefined ? request : { ...request, systemPrompt: joinParts([request.systemPrompt, quote.text]) };
}

/** Sentences and one question: what a very small model was trained on, and all it can look through. */
function plainPrompt(quote: DocumentQuote, question: string): AssembledPrompt {
  const text = joinParts([quote.text, question]);
  return {
    prompt: [{ role: 'user', content: [{ type: 'text', text }] }],
    omittedMessages: 0,
    estimatedTokens: estimateTokens(text),
    sources: quote.sources,
  };
}

/** A last question that is longer than the room was given it all the same. */
function recallRoom(measured: MeasuredBranch, layout: Layout, contextTokens: number): number {
  const notes = layout.boundary === undefined ? 0 : (measured.boundaries[layout.boundary]?.notesTokens ?? 0);
  const turns = measured.sizes
    .slice(layout.start)
    .reduce((sum, { questionTokens, answerTokens }) => sum + questionTokens + answerTokens, 0);
  return Math.min(measured.recallTokens, contextTokens - measured.systemTokens - notes - turns);
}

function requireRoom({ sizes, systemTokens }: MeasuredBranch, contextTokens: number): void {
  const last = sizes.at(-1);
  const neededTokens = systemTokens + (last === undefined ? 0 : last.questionTokens + last.answerTokens);
  if (neededTokens <= contextTokens) return;
  throw new ClawdbotError(
    'CONTEXT_FULL',
    `This message is about ${neededTokens} tokens long and the model can read ${contextTokens} at a time here. ` +
      'Shorten it, send it in parts, or choose a model that can read more.',
    { neededTokens, contextTokens },
  );
}

const mostCondensed = 32;

/** Long messages are cut down once for each size; the same prompt is made of them again and again. */
function createCondensed(): (messageId: string, text: string, tokens: number) => string {
  const known = new Map<string, { text: string; shorter: string }>();
  return (messageId, text, tokens) => {
    const key = `${messageId} ${tokens}`;
    const found = known.get(key);
    if (found?.text === text) return found.shorter;
    const shorter = condenseText(text, tokens);
    if (known.size >= mostCondensed) known.clear();
    known.set(key, { text, shorter });
    return shorter;
  };
}
