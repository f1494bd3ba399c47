// What a person does with the licences they hold: looks, changes, moves, undoes, hands over.

import { after, before, test } from 'node:test';

import { launch } from '../lib/browser.mjs';
import { startPortal } from '../lib/programs.mjs';
import * as closure from '../walk/closure.mjs';
import * as desk from '../walk/desk.mjs';
import * as keys from '../walk/keys.mjs';
import * as people from '../walk/people.mjs';
import { camille, WALKS, walker } from '../walk/persons.mjs';
import * as workspaces from '../walk/workspaces.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

/** Where the licence is put that a reseller sold. */
const HOME = 'Maison Lefèvre';

for (const walk of WALKS) {
  test(`licences are looked at, changed, moved and handed over (${walk.look})`, async (t) => {
    const portal = await startPortal({ demo: true });
    t.after(() => portal.stop());
    const { workspace, licences } = portal.seed;
    const placed = licences.find((one) => one.workspace);
    const sold = licences.find((one) => one.reseller);
    const here = await camille(browser, portal, walk);

    await desk.lookAt(here, placed);
    await desk.settings(here, workspace.name, placed);
    await keys.begin(portal, sold, HOME);
    await desk.soldOnce(here, HOME, sold);
    const terms = { product: sold.product, seats: sold.seats };
    await keys.extendBy(here, sold, await keys.sold(portal, terms), 'licence-key-same');
    const { after: end } = await keys.extendBy(here, sold, portal.seed.unused_key, 'licence-key-other');
    await keys.runsUntil(here, sold, end);
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
    await closure.close(there, sold, anais);
    await closure.reopen(there, sold, anais);
    await there.close();
    await here.close();
  });
}
