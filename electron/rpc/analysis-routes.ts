import type { Analysis } from '../analysis/analysis.ts';
import type { Implementer } from './implementer.ts';

/** For callers without a way to stop. */
const never = new AbortController().signal;

export function analysisRoutes(os: Implementer['analysis'], analysis: Analysis) {
  return os.router({
    findPersonalData: os.findPersonalData.handler(({ input, signal = never }) =>
      analysis.findPersonalData(input, signal),
    ),
    redact: os.redact.handler(({ input, signal = never }) => analysis.redact(input, signal)),
    deidentify: os.deidentify.handler(({ input, signal = never }) => analysis.deidentify(input, signal)),
    tables: os.tables.handler(({ input }) => ({ tables: analysis.tables(input.documentId) })),
    saveTables: os.saveTables.handler(({ input }) => analysis.saveTables(input)),
    compare: os.compare.handler(({ input, signal = never }) => analysis.compare(input, signal)),
    describeChanges: os.describeChanges.handler(({ input, signal = never }) => analysis.describeChanges(input, signal)),
    saveChanges: os.saveChanges.handler(({ input, signal = never }) => analysis.saveChanges(input, signal)),
  });
}
