// Mail as it lands in a portal's outbox folder when no SMTP server is configured: one JSON file each.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

async function mails(portal) {
  const folder = join(portal.data, 'outbox');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))));
}

/** The link in the newest mail to this address; waits until there are `count` mails to it. */
export async function linkMailedTo(portal, address, count = 1) {
  const deadline = performance.now() + 5_000;
  for (;;) {
    const theirs = (await mails(portal)).filter((mail) => mail.to === address);
    if (theirs.length >= count) return theirs.at(-1).text.match(/https?:\S+/)[0];
    if (performance.now() > deadline) throw new Error(`${theirs.length} mails to ${address}, ${count} expected`);
    await pause(20);
  }
}
