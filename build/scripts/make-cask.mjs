import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import path from 'node:path';

import { writeCask } from './package/cask.mjs';
import { repository } from './setup/repository.mjs';

// `node build/scripts/make-cask.mjs release/Clawdbot-1.2.3-arm64.dmg https://…/clawdbot > clawdbot.rb`
const [image, homepage] = process.argv.slice(2);
if (image === undefined || homepage === undefined) {
  console.error('Say which disk image, and the address of the repository.');
  process.exit(2);
}
const hash = createHash('sha256');
for await (const piece of createReadStream(image)) hash.update(piece);
const { version } = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8'));
process.stdout.write(writeCask({ version, sha256: hash.digest('hex'), homepage }));
