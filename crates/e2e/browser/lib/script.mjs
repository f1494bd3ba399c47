// Turning the page's scripts off, and lending them to a checker: axe needs timers, which stop with the scripts.
// The page's own scripts are not run after the fact, so a lent page is still the page of somebody without script.

const kept = new WeakMap();
const always = { off: false, lent: (work) => work() };

/** What is known about the page's scripts. */
export const scripts = (page) => kept.get(page) ?? always;

/** Turns them off, from before the page's first address on. */
export async function turnOff(page) {
  const session = await page.context().newCDPSession(page);
  const disabled = (value) => session.send('Emulation.setScriptExecutionDisabled', { value });
  const lent = async (work) => {
    await disabled(false);
    try {
      return await work();
    } finally {
      await disabled(true);
    }
  };
  await disabled(true);
  kept.set(page, { off: true, lent });
}
