import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

import { fingerprint, isCurrent, recordMade } from './fingerprint.mjs';
import { environmentForNode24, findNode24 } from './node24.mjs';
import { createProgress } from './progress.mjs';
import { repository, SetupError } from './repository.mjs';
import { lastLines, runProcess } from './run-process.mjs';

const modelsFolder = path.join(repository, 'dist/models');
const starterFolder = path.join(repository, 'models/starter');
const placeholder = {
  root: repository,
  record: 'dist/.placeholder-model',
  sources: ['test/model', 'build/scripts/make-model.mjs'],
  outputs: ['dist/models/placeholder.gguf'],
};

/**
 * Sees to it that there is a model to start with: the starter model where the repository has one, else a small
 * generated placeholder.
 *
 * @throws {SetupError} with what the generator said
 */
export async function ensureStarterModel() {
  mkdirSync(modelsFolder, { recursive: true });
  const starters = existsSync(starterFolder) ? readdirSync(starterFolder).filter((name) => name.endsWith('.gguf')) : [];
  if (starters.length > 0) {
    for (const name of starters) copyStarter(name);
    rmSync(path.join(modelsFolder, 'placeholder.gguf'), { force: true });
    return;
  }
  if (isCurrent(placeholder)) return;
  const digest = fingerprint(repository, placeholder.sources);
  const progress = createProgress();
  progress.update('Making the placeholder model');
  const [output = ''] = placeholder.outputs;
  const script = path.join(repository, 'build/scripts/make-model.mjs');
  const args = [script, 'placeholder', path.join(repository, output)];
  const result = await runProcess(findNode24(), args, { cwd: repository, env: environmentForNode24() });
  progress.clear();
  if (result.code !== 0) {
    throw new SetupError(`The placeholder model could not be made:\n\n${lastLines(result.output)}`);
  }
  recordMade(repository, placeholder.record, digest);
  progress.done('Made the placeholder model');
}

/** @param {string} name */
function copyStarter(name) {
  const source = path.join(starterFolder, name);
  const target = path.join(modelsFolder, name);
  const there = statSync(target, { throwIfNoEntry: false });
  const wanted = statSync(source);
  if (there?.size === wanted.size && there.mtimeMs >= wanted.mtimeMs) return;
  // Under another name first: a copy that breaks off must not look like a model.
  copyFileSync(source, `${target}.part`);
  renameSync(`${target}.part`, target);
}
