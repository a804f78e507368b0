import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { brokenModels, writeBrokenModel, type BrokenModelName } from './broken-models.ts';
import { writePlaceholderModel } from './placeholder-model.ts';
import { writeScriptedModel } from './scripted-model.ts';
import { shapes, writeShapeModel, type ShapeName } from './shape-model.ts';
import { slowShape } from './slow-shape.ts';
import { writeTinyModel } from './tiny-model.ts';

const usage = `Usage: npm run make-model -- PRESET OUT.gguf [options]

Makes a model file without a download, for trying Clawdbot and for its tests.

  placeholder     says, in English and Chinese, that it is no real model
  scripted        recites the text given with --text or --text-file, word for word
  tiny            random weights, about the smallest file llama.cpp loads
  shape-0.5b      random weights in the sizes of a model of 0.5 billion weights
  shape-1.5b      the same with 1.5 billion
  Broken on purpose: ${Object.keys(brokenModels).join(', ')}

  --text TEXT          what a scripted model recites
  --text-file FILE     the same, from a file
  --name NAME          the name it shows (scripted, tiny)
  --slow               each token takes about 6 ms, the question no longer than usual (scripted)
  --silent-words N     how slow exactly: words compared but never said (scripted, 0; --slow is 100000)
  --layers N           layers (scripted, 1)
  --width N            numbers per word, a multiple of 64 (scripted, 512)
  --feed-forward N     a multiple of 32 (scripted, 32)
  --context N          longest conversation in tokens (scripted 32768, tiny 2048)
  --type Q4_0|Q8_0     storage of the weights (shapes, Q4_0)
  --seed N             another seed, other random weights (1)`;

class UsageError extends Error {}

function readArguments(args: string[]): Arguments {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      text: { type: 'string' },
      'text-file': { type: 'string' },
      name: { type: 'string' },
      slow: { type: 'boolean' },
      'silent-words': { type: 'string' },
      layers: { type: 'string' },
      width: { type: 'string' },
      'feed-forward': { type: 'string' },
      context: { type: 'string' },
      type: { type: 'string' },
      seed: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  return { values, positionals };
}

type TextOption =
  | 'text'
  | 'text-file'
  | 'name'
  | 'silent-words'
  | 'layers'
  | 'width'
  | 'feed-forward'
  | 'context'
  | 'type'
  | 'seed';

interface Arguments {
  readonly values: { readonly [name in TextOption]?: string | undefined } & {
    readonly slow?: boolean | undefined;
    readonly help?: boolean | undefined;
  };
  readonly positionals: readonly string[];
}

async function make({ values, positionals }: Arguments): Promise<string> {
  const [preset, file, ...more] = positionals;
  if (preset === undefined || file === undefined) throw new UsageError('A preset and a file to write are needed.');
  if (more.length > 0) throw new UsageError(`Only one file can be written, but "${more[0]}" follows.`);
  const out = fromCaller(file);
  const options = {
    ...(values.name === undefined ? {} : { name: values.name }),
    ...numberOption('silent-words', values['silent-words'], 'silentWords'),
    ...numberOption('layers', values.layers, 'layers'),
    ...numberOption('width', values.width, 'width'),
    ...numberOption('feed-forward', values['feed-forward'], 'feedForward'),
    ...numberOption('context', values.context, 'contextTokens'),
    ...numberOption('seed', values.seed, 'seed'),
  };
  await mkdir(path.dirname(out), { recursive: true });
  if (preset === 'scripted') {
    const { sizeBytes, pieces } = await writeScriptedModel(out, {
      text: await scriptOf(values.text, values['text-file']),
      ...(values.slow === true ? slowShape : {}),
      ...options,
    });
    return `${out}: ${inMegabytes(sizeBytes)}, recites its text in ${pieces.length} tokens`;
  }
  if (preset === 'placeholder') return `${out}: ${inMegabytes((await writePlaceholderModel(out)).sizeBytes)}`;
  if (preset === 'tiny') return `${out}: ${inMegabytes((await writeTinyModel(out, options)).sizeBytes)}`;
  if (isShape(preset)) {
    const { sizeBytes } = await writeShapeModel(out, shapes[preset], { ...options, type: blockType(values.type) });
    return `${out}: ${inMegabytes(sizeBytes)}`;
  }
  if (isBroken(preset)) {
    await writeBrokenModel(out, preset);
    return `${out}: broken on purpose (${preset})`;
  }
  throw new UsageError(`There is no preset "${preset}".`);
}

async function scriptOf(text: string | undefined, file: string | undefined): Promise<string> {
  if ((text === undefined) === (file === undefined)) {
    throw new UsageError('A scripted model needs either --text TEXT or --text-file FILE.');
  }
  return text ?? (await readFile(fromCaller(file ?? ''), 'utf8'));
}

function numberOption<K extends string>(flag: string, value: string | undefined, key: K): { [key in K]?: number } {
  if (value === undefined) return {};
  if (!/^[0-9]{1,9}$/.test(value)) throw new UsageError(`--${flag} takes a whole number, not "${value}".`);
  const result: { [key in K]?: number } = {};
  result[key] = Number(value);
  return result;
}

function blockType(value: string | undefined): 'Q4_0' | 'Q8_0' {
  const type = (value ?? 'Q4_0').toUpperCase();
  if (type === 'Q4_0' || type === 'Q8_0') return type;
  throw new UsageError(`--type takes Q4_0 or Q8_0, not "${value}".`);
}

function isShape(preset: string): preset is ShapeName {
  return Object.hasOwn(shapes, preset);
}

function isBroken(preset: string): preset is BrokenModelName {
  return Object.hasOwn(brokenModels, preset);
}

/** npm changes into the repository; what a person types is relative to where they stood. */
function fromCaller(file: string): string {
  return path.resolve(process.env['INIT_CWD'] ?? process.cwd(), file);
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1)} MB`;
}

try {
  const args = readArguments(process.argv.slice(2));
  console.log(args.values.help === true ? usage : await make(args));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  const misused = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
  console.error(misused ? `${message}\n\n${usage}` : `The model could not be made: ${message}`);
  process.exitCode = misused ? 2 : 1;
}
