import { runCrashCampaign } from './crash-campaign.ts';

const args = process.argv.slice(2);
const numberOf = (name: string, otherwise: number): number => {
  const at = args.indexOf(name);
  const value = at < 0 ? otherwise : Number(args[at + 1]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} wants a whole number from 1.`);
  return value;
};

const rounds = numberOf('--rounds', 1000);
const seed = numberOf('--seed', 1);
const startedMs = performance.now();
const report = await runCrashCampaign({ rounds, seed, note: (text) => console.error(`campaign: ${text}`) });
for (const problem of [...report.lost, ...report.torn]) console.error(`campaign: ${problem}`);

const line = (metric: string, value: number, goal: string): void =>
  console.log(
    JSON.stringify({
      bench: 'campaign',
      metric,
      value,
      unit: 'count',
      goal,
      rounds: report.rounds,
      min: value,
      max: value,
    }),
  );
line('acknowledged_lost', report.lost.length, '0');
line('torn_states', report.torn.length, '0');
line('acknowledged_found', report.kept, '');
line('kills', report.kills, '');
line('imports_done', report.imports.done, '');
line('imports_cut', report.imports.cut, '');
line('lost_to_power_cut', report.lostToPowerCuts, '');
console.error(
  `campaign: ${report.rounds} rounds with seed ${seed}, ${report.kills} of them kills, ${report.acknowledged} acknowledged operations looked at, ${Math.round((performance.now() - startedMs) / 1000)} s`,
);
process.exitCode = report.lost.length + report.torn.length === 0 ? 0 : 1;
