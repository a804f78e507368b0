import { findPersonalData } from '../../electron/privacy/recognise/find-personal-data.ts';
import { makeTexts } from '../privacy/made-texts.ts';
import { measure, total, type Score } from '../privacy/measure.ts';
import { runBench } from './harness.ts';

/** Of the set that is measured; others were looked at while the rules were written. */
const seed = 20_260_301;

await runBench('privacy', async (context) => {
  const texts = makeTexts(seed, 2400);
  const scores = measure(texts, (text) => findPersonalData(text));
  const secrets = scores.get('secret');
  const personal = total([...scores].flatMap(([kind, score]) => (kind === 'secret' ? [] : [score])));
  context.measured({ metric: 'pii_recall', unit: '%', goal: '>= 97', samples: [recall(personal)] });
  context.measured({ metric: 'pii_precision', unit: '%', goal: '>= 93', samples: [precision(personal)] });
  if (secrets !== undefined) {
    context.measured({ metric: 'secrets_recall', unit: '%', goal: '>= 99', samples: [recall(secrets)] });
  }
  for (const [kind, score] of [...scores].toSorted(([a], [b]) => a.localeCompare(b))) {
    context.measured({ metric: `recall_${kind}`, unit: '%', samples: [recall(score)] });
    context.measured({ metric: `precision_${kind}`, unit: '%', samples: [precision(score)] });
  }

  const rounds = context.quick ? 3 : 9;
  const text = letterLike(texts.map((made) => made.text));
  const megabytes = Buffer.byteLength(text) / 1e6;
  findPersonalData(text);
  const samples = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage();
    findPersonalData(text);
    return megabytes / (process.cpuUsage(before).user / 1e6);
  });
  context.measured({ metric: 'redact_mb_per_s', unit: 'MB/s', goal: '>= 5', samples });
});

/** A page of ordinary prose for each text with something in it, as in contracts and letters. */
function letterLike(texts: readonly string[]): string {
  const english =
    'The parties agreed in the spring that the work shall be carried out in three parts, each of which is paid for when it is done. ' +
    'If one of the parts is late by more than two weeks, the price of that part is lowered by 5.5 percent, but not by more than a fifth. ';
  const chinese =
    '双方同意，本项目分三个阶段进行，每个阶段完成并验收之后支付相应的款项。若任一阶段延误超过两周，则该阶段价款按比例下调，但下调幅度不超过五分之一。';
  return texts
    .slice(0, 400)
    .map((text, index) => `${text}\n${(index % 2 === 0 ? english : chinese).repeat(5)}\n`)
    .join('');
}

function recall({ found, expected }: Score): number {
  return (100 * found) / Math.max(1, expected);
}

function precision({ right, reported }: Score): number {
  return (100 * right) / Math.max(1, reported);
}
