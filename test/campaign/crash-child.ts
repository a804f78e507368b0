import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';

import { createCore } from '../../electron/core.ts';
import { isClawdbotError } from '../../shared/errors/clawdbot-error.ts';
import { createFakeEngine } from '../fakes/fake-engine.ts';
import { silentLog } from '../fakes/silent-log.ts';
import { RandomBits } from '../model/random-bits.ts';
import { createPorts } from '../rpc/core-under-test.ts';
import { campaignKey } from './crash-check.ts';
import { createLoad } from './crash-load.ts';
import { openLog } from './crash-log.ts';
import { createImportLoad } from './import-load.ts';

/** Works until it is killed. Arguments: the data directory, the file for what was acknowledged, a seed. */
const [dataDirectory = '', logFile = '', seed = '1'] = process.argv.slice(2);

const random = new RandomBits(Number(seed));
const words = ['tide', 'moon', '潮汐', '月亮', 'water', 'because', '所以', 'rises', '👍', 'slowly'];

// Imported and waiting: the parent says when to begin, so that a start costs nobody's time.
await new Promise<void>((resolve) => process.stdin.once('data', () => resolve()));
// Nobody is left to kill it.
process.stdin.once('close', () => process.exit(1));
process.stdin.unref();

const engine = createFakeEngine({
  scripts: {
    talker: {
      reply: (prompt) => {
        const [tag = 'nothing'] = (prompt.findLast(({ role }) => role === 'user')?.text ?? '').split(' ');
        const count = 3 + ((random.next() >>> 0) % 60);
        return [`re${tag}`, ...Array.from({ length: count }, (_, index) => `${words[index % words.length]}`)].join(' ');
      },
      tokensPerSecond: 900,
    },
  },
});
const core = await createCore(createPorts(dataDirectory, campaignKey, silentLog), { createEngine: () => engine });
const log = openLog(logFile);
log.write({ type: 'started' });
const imports = createImportLoad({ files: core.files, transfer: core.transfer, log, random, seed });
const load = createLoad({ chat: core.chat, imports, log, random, seed });
process.stdout.write('working\n');

for (;;) {
  try {
    await load.step();
  } catch (error) {
    if (!isClawdbotError(error)) throw error;
    log.write({ type: 'refused', code: error.code });
    // The model file is found a moment after the start.
    if (error.code === 'NO_MODEL' || error.code === 'MODEL_NOT_FOUND') await delay(5);
  }
  if ((random.next() & 3) === 0) await delay(1 + ((random.next() >>> 0) % 8));
  else await nextTurn();
}
