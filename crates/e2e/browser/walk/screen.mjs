// Waiting for what a page will show.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE = 20_000;

/** Waits for words on the page: with script it refreshes itself, without it is asked for again. */
export async function appears({ page, script }, locator) {
  if (script) return locator.first().waitFor({ timeout: PATIENCE });
  return comes(`on the page: ${locator}`, async () => {
    if ((await locator.count()) > 0) return true;
    await page.reload();
    return false;
  });
}

/** Asks until the answer is yes. */
export async function comes(what, answer) {
  const deadline = performance.now() + PATIENCE;
  while (!(await answer())) {
    if (performance.now() > deadline) throw new Error(`not within ${PATIENCE} ms: ${what}`);
    await pause(50);
  }
}

/** A program said these words; spaces that do not break are spaces, as on a page. */
export function says({ said }, words) {
  assert.ok(said.replaceAll(/\s+/g, ' ').includes(words), `${words}\nis not in:\n${said}`);
}
