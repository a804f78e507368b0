import { openChannel } from './channel.ts';
import { hardenProcess } from './harden.ts';
import { createHost } from './host.ts';
import { watchMemory } from './memory-watch.ts';

const setMemoryLimit = watchMemory();
hardenProcess();
// Ctrl-C in a terminal reaches every process of the group; the parent ends this one.
process.on('SIGINT', () => undefined);
const channel = openChannel();
channel.onRequest(createHost(channel.send, setMemoryLimit));
await channel.send({ type: 'ready' });
