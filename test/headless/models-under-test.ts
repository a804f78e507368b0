import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { writeScriptedModel } from '../model/scripted-model.ts';

/** Words no other text of the interface contains, each used once, as a recited answer needs them. */
function words(prefix: string, count: number): string {
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`).join(' ');
}

const shortAnswer =
  'Rivers carry **cold** meltwater down from high glaciers.\n\n- First point\n- Second item\n\n```ts\nconst answer = 42;\n```\n\nDone.';

const longAnswer = words('step', 6000);

export interface ModelsUnderTest {
  /** Recites `shortAnswer`. */
  readonly short: string;
  /** Recites `longAnswer`, for longer than any spec takes. */
  readonly long: string;
}

/** Real GGUF files whose weights make llama.cpp recite known words. */
export async function writeModels(): Promise<ModelsUnderTest> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clawdbot-models-'));
  const short = path.join(folder, 'rivers.gguf');
  const long = path.join(folder, 'steps.gguf');
  await writeScriptedModel(short, { text: shortAnswer, name: 'Rivers' });
  await writeScriptedModel(long, { text: longAnswer, name: 'Steps' });
  return { short, long };
}
