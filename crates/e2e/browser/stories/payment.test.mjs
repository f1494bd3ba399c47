// Money: a card given and replaced, renewal by itself off and on, an order of exactly what was previewed, its invoice.

import { after, before, test } from 'node:test';

import { launch } from '../lib/browser.mjs';
import { startShop } from '../lib/payments.mjs';
import * as desk from '../walk/desk.mjs';
import * as payment from '../walk/payment.mjs';
import { camille, WALKS } from '../walk/persons.mjs';
import * as workspaces from '../walk/workspaces.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const SELLER = ['--seller', 'Rempart SAS|1 rue du Mur|44000 Nantes', '--tax-rate', '20'];
const BANK = ['--bank-text', 'IBAN FR76 3000 4000 0312 3456 7890 143|BIC BNPAFRPP'];

for (const walk of WALKS) {
  test(`a licence is paid for (${walk.look})`, async (t) => {
    const portal = await startShop({ args: [...SELLER, ...BANK] });
    t.after(() => portal.stop());
    const { workspace, licences } = portal.seed;
    const placed = licences.find((one) => one.workspace);
    const here = await camille(browser, portal, walk);

    await payment.neverRenews(here, licences.find((one) => one.reseller));
    const expiry = await payment.settingsSay(here, workspace.name, { renews: false });
    await payment.open(here, workspace.name);
    await payment.needsCard(here);
    if (walk.script) {
      await payment.giveCard(here, payment.CARDS.first);
      await payment.switchOn(here);
      await payment.replaceCard(here, payment.CARDS.second);
      await payment.switchOff(here, expiry);
      await payment.switchOn(here);
      await payment.settingsSay(here, workspace.name, { renews: true });
    } else {
      await payment.cardNeedsScript(here);
    }

    await workspaces.openSettings(here, workspace.name);
    await desk.addSeats(here, 8);
    if (walk.script) {
      await payment.payOrder(here);
      await workspaces.openSettings(here, workspace.name);
      await desk.addSeats(here, 10);
      await payment.payOrderWithQuestions(here);
    }
    await payment.invoice(here, placed);
    await here.close();
  });
}
