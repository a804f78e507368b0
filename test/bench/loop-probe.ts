import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

// Loaded before the host's own code; what the host starts inherits the option and is not measured.
const file = process.env['CLAWDBOT_LOOP_PROBE'];
if (file !== undefined && process.argv[1]?.endsWith('headless.js') === true) {
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  // The first asks to begin, each later one is answered by what has been since.
  process.on('SIGUSR2', () => {
    writeFileSync(file, JSON.stringify({ longestMs: delays.max / 1e6 }));
    delays.reset();
  });
}
