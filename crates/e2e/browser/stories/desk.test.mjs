// What a person does with the licences they hold: looks, changes, moves, undoes, hands over.

import { after, before, test } from 'node:test';

import { launch } from '../lib/browser.mjs';
import { startPortal } from '../lib/programs.mjs';
import { words } from '../lib/words.mjs';
import * as desk from '../walk/desk.mjs';
import * as people from '../walk/people.mjs';
import { WALKS, walker } from '../walk/persons.mjs';
import * as workspaces from '../walk/workspaces.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** The seed's person, reading this walk's language. */
async function camille(walk, portal) {
  const here = await walker(browser, portal, walk);
  const { email, password } = portal.seed;
  await here.page.goto('/sign-in');
  await here.page.getByLabel(here.w.email).fill(email);
  await here.page.getByLabel(here.w.password, { exact: true }).fill(password);
  await here.page.getByRole('button', { name: here.w.signIn, exact: true }).click();
  await here.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  // Whatever the browser speaks, an account reads its own language, and the seed's reads French.
  if (walk.language !== 'fr') await people.chooseLanguage({ ...here, w: words('fr') }, walk.language);
  return here;
}

for (const walk of WALKS) {
  test(`licences are looked at, changed, moved and handed over (${walk.look})`, async (t) => {
    const portal = await startPortal({ demo: true });
    t.after(() => portal.stop());
    const { workspace, licences } = portal.seed;
    const placed = licences.find((one) => one.workspace);
    const sold = licences.find((one) => one.reseller);
    const here = await camille(walk, portal);

    await desk.lookAt(here, placed);
    await desk.settings(here, workspace.name, placed);
    await desk.addSeats(here, 8);
    await desk.soldOnce(here, sold, sold.reseller.name);
    await desk.reminders(here, placed);
    await desk.detachAndUndo(here, workspace.name, placed);
    await workspaces.deleteAndBringBack(here, workspace.name, { ...placed, product: `Rempart ${placed.product}` });
    await desk.toldOf(here, placed, here.w.toldDeleted, here.w.toldBack, here.w.toldUndone);

    const anais = { name: 'Anaïs Le Goff', email: 'anais@example.org', password: 'cheval pile agrafe exact' };
    const there = await walker(browser, portal, walk);
    await people.signUp(there, anais);
    await people.signIn(there, anais);
    await desk.offer(here, sold, anais.email);
    await desk.accept(there, sold, anais.email, 2);
    await there.close();
    await here.close();
  });
}
