// Steps of the walk about who manages: the portal alone, or the computer alone.

import assert from 'node:assert/strict';

import { fitForEverybody } from '../lib/look.mjs';
import { comes, says } from './screen.mjs';
import { changeMode } from './workspaces.mjs';

const heldItem = async (agent) => JSON.parse((await agent.command('quarantine', 'list', '--json')).said).items[0].item;

/** Managed from the portal only: the computer scans and restores nothing by itself, and says who manages it. */
export async function remoteOnly(person, workspace, agent, folder) {
  const { w } = person;
  const item = await heldItem(agent);
  await changeMode(person, workspace, 'remoteOnly');
  await comes('the computer knows its new mode', async () => (await agent.command('scan', folder)).code === 4);
  for (const command of [['scan', folder], ['quarantine', 'restore', item]]) {
    const refused = await agent.command(...command);
    assert.equal(refused.code, 4, refused.said);
    says(refused, w.agentManagedRemotely(workspace));
    assert.equal(refused.said.trim().split('\n').length, 1, 'one sentence');
  }
}

/** Managed at the computer only: the computer restores, and every page that gave orders says why it gives none. */
export async function localOnly(person, workspace, agent) {
  const { page, w, look } = person;
  const item = await heldItem(agent);
  await changeMode(person, workspace, 'localOnly');
  await comes('the computer knows its new mode', async () => (await agent.command('quarantine', 'restore', item)).code === 0);
  for (const place of ['overview', 'devices', 'scans']) {
    await page.getByRole('link', { name: w[place], exact: true }).first().click();
    await page.getByRole('main').getByText(w.managedLocally).first().waitFor();
    await fitForEverybody(page, `${look}-local-only-${place}`);
  }
  const scan = page.getByRole('button', { name: w.startScan });
  assert.equal(await scan.getAttribute('aria-disabled'), 'true');
  const order = await page.context().request.post(`${page.url()}/new`, {
    form: { target: 'path', path: '/tmp', all: '1' },
    headers: { origin: new URL(page.url()).origin },
  });
  assert.equal(order.status(), 409);
  says({ said: await order.text() }, w.managedLocally);
}
