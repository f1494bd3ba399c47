// The path, end to end: from a licence key to a protected computer, by the words on the screen and with the real agent.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { launch } from '../lib/browser.mjs';
import { folder, startPortal } from '../lib/programs.mjs';
import { longFolder, sampleFolder } from '../lib/sample.mjs';
import * as devices from '../walk/devices.mjs';
import * as licences from '../walk/licences.mjs';
import * as modes from '../walk/modes.mjs';
import * as operators from '../walk/operators.mjs';
import * as overview from '../walk/overview.mjs';
import * as people from '../walk/people.mjs';
import { WALKS, walker } from '../walk/persons.mjs';
import * as protection from '../walk/protection.mjs';
import * as workspaces from '../walk/workspaces.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const ANAIS = { name: 'Anaïs Le Goff', email: 'anais@example.org', password: 'cheval pile agrafe exact' };
const OPERATOR = { name: 'Exploitation', email: 'exploitation@example.org', password: 'granit ardoise et calcaire' };
const WORKSPACE = 'Atelier Éloïse (Nantes)';

for (const walk of WALKS) {
  test(`from a licence key to a protected computer (${walk.look})`, async (t) => {
    const portal = await startPortal();
    t.after(() => portal.stop());
    const place = await folder('path');
    t.after(() => rm(place, { recursive: true, force: true }));
    const here = await walker(browser, portal, walk);

    // 1. Account
    await people.signUp(here, ANAIS);
    await people.signIn(here, ANAIS);
    await people.putOffTheWorkspace(here);
    const operator = await walker(browser, portal, walk);
    await operators.becomeOperator(operator, OPERATOR);
    const owned = await operators.issue(operator, { product: 'Home', seats: 3, owner: ANAIS.email, reseller: 'Nantes Informatique' });
    const sold = await operators.issue(operator, { product: 'Business', seats: 1, subscription: true });
    await operator.close();

    // 2. Workspaces
    await workspaces.createFirst(here, WORKSPACE);
    const other = await workspaces.createBesides(here, 'ATELIER  eloise (nantes)');
    await licences.startTrial(here);
    await workspaces.rename(here, other, 'Atelier du quai');

    // 3. Licence
    await licences.screenOf(here, WORKSPACE);
    await licences.typeKey(here, sold);
    await licences.assign(here, sold);
    await licences.seeWhatMovingDoes(here, 'Atelier du quai', sold, WORKSPACE);
    await licences.areListed(here, owned, sold, WORKSPACE);
    await licences.isShown(here, WORKSPACE, sold);
    await workspaces.deleteAndBringBack(here, WORKSPACE, sold);

    // 4. Device
    await workspaces.open(here, WORKSPACE);
    const command = await devices.getCommand(here, 2);
    const agent = await devices.enrol(here, command, place, WORKSPACE);
    t.after(() => agent.stop());
    await devices.isListed(here, agent);
    await devices.isTurnedAway(here, command, place, here.w.agentNoSeat(WORKSPACE));
    const revoked = await devices.getCommand(here, 1);
    await devices.revoke(here, revoked);
    await devices.isTurnedAway(here, revoked, place, here.w.agentTokenRevoked);

    // 5. Scan
    const sample = await sampleFolder(join(place, 'sample'));
    await protection.stopLongScan(here, longFolder(join(place, 'long')));
    await protection.scanFolder(here, sample.path);

    // 6. Quarantine
    await protection.isQuarantined(here, sample.found);
    await protection.restore(here, sample.found, sample.as);
    await protection.scanAtComputer(agent, sample);
    await protection.isQuarantined(here, sample.found);
    await protection.destroy(here);

    // 8. Overview
    await overview.isTold(here, sold);

    // 7. Modes
    await sample.put();
    await protection.scanAtComputer(agent, sample);
    await modes.remoteOnly(here, WORKSPACE, agent, sample.clean);
    await modes.localOnly(here, WORKSPACE, agent);
    await devices.retire(here, agent);
    await here.close();
  });
}
