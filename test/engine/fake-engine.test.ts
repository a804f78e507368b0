import { recitalText } from '../suites/engine-asking.ts';
import { describeEngine } from '../suites/engine-suite.ts';
import { createFakeEngine, fakeModel } from '../fakes/fake-engine.ts';

describeEngine('FakeEngine', async () => {
  const reciter = { model: fakeModel('reciter'), text: recitalText('word', 300) };
  const other = { model: fakeModel('other'), text: recitalText('say', 300) };
  const slow = { model: fakeModel('slow'), text: recitalText('slow', 300) };
  let availableBytes = 8e9;
  const engine = createFakeEngine({
    scripts: {
      reciter: { reply: reciter.text, readMsPerToken: 0.001 },
      other: { reply: other.text },
      slow: { reply: slow.text, tokensPerSecond: 100 },
      broken: { reply: '', failLoad: { code: 'MODEL_UNREADABLE', reason: 'It is scripted to be.' } },
    },
    memory: () => ({ totalBytes: 8e9, availableBytes }),
  });
  const hosts = new Set<{ readonly alive: boolean }>();
  engine.onChange(() => {
    if (engine.host) hosts.add(engine.host);
  });
  return {
    engine,
    reciter,
    other,
    slow,
    unreadable: [{ what: 'scripted to be unreadable', model: fakeModel('broken') }],
    setAvailableBytes: (bytes) => void (availableBytes = bytes),
    killHost: () => engine.crash(),
    hostIsAlive: () => [...hosts].some((host) => host.alive),
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
});
