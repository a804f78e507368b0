import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { openBrowser, openPage } from '../headless/browser.ts';
import { startHost } from '../headless/host-under-test.ts';
import { runBench } from './harness.ts';
import { residentBytes } from './resident-bytes.ts';

const probe = path.join(import.meta.dirname, 'loop-probe.ts');

/** A folder of 10,000 small files (`--files COUNT` for fewer), followed from the window of the built host. */
await runBench('folder', async (context) => {
  const files = Number(context.options.get('files') ?? (context.quick ? 500 : 10_000));
  const folder = mkdtempSync(path.join(tmpdir(), 'clawdbot-folder-'));
  try {
    const root = path.join(folder, 'Papers');
    for (let index = 0; index < files; index += 1) {
      const inside = path.join(root, String(index % 100));
      if (index < 100) mkdirSync(inside, { recursive: true });
      writeFileSync(path.join(inside, `note-${index}.md`), `# Note ${index}\n\nWhat ${index} says about the river.\n`);
    }
    const answer = path.join(folder, 'probe.json');
    await using host = await startHost({
      environment: { CLAWDBOT_LOOP_PROBE: answer, NODE_OPTIONS: `--import ${probe}` },
    });
    const browser = await openBrowser();
    try {
      const { page } = await openPage(browser, host.url);
      await page.getByRole('button', { name: 'Documents', exact: true }).click();
      await page.getByRole('button', { name: 'Watch a folder' }).click();
      await page.getByRole('textbox', { name: 'Path of the folder' }).fill(root);
      await page.evaluate(() => {
        const tasks: number[] = [];
        Object.assign(globalThis, { longTasks: tasks });
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) tasks.push(duration);
        }).observe({ type: 'longtask' });
      });
      process.kill(host.processId, 'SIGUSR2');
      const before = await residentBytes(host.processId);
      const startedMs = performance.now();
      await page.keyboard.press('Enter');
      await page.getByText(/^Watching, [\d,]+ files$/).waitFor({ timeout: 3_600_000 });
      const seconds = (performance.now() - startedMs) / 1000;
      const words = await page.getByText(/^Watching, /).textContent();
      rmSync(answer, { force: true });
      process.kill(host.processId, 'SIGUSR2');
      await delay(1000);
      const { longestMs }: { longestMs: number } = JSON.parse(readFileSync(answer, 'utf8'));
      const tasks = await page.evaluate(() => Reflect.get(globalThis, 'longTasks'));
      const longTasks: number[] = Array.isArray(tasks) ? tasks : [];
      const grownMiB = ((await residentBytes(host.processId)) - before) / 2 ** 20;
      const name = `folder_${files / 1000}k`;
      const indexed = Number((words ?? '').replaceAll(/\D/g, ''));
      context.measured({ metric: `${name}_indexed`, unit: '', goal: `>= ${files}`, samples: [indexed] });
      context.measured({ metric: `${name}_seconds`, unit: 's', samples: [seconds] });
      context.measured({ metric: `${name}_host_block`, unit: 'ms', goal: '<= 50', samples: [longestMs] });
      context.measured({
        metric: `${name}_window_task`,
        unit: 'ms',
        goal: '<= 50',
        samples: [Math.max(0, ...longTasks)],
      });
      context.measured({ metric: `${name}_rss_growth`, unit: 'MiB', samples: [grownMiB] });
    } finally {
      await browser.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
