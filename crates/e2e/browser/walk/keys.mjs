// Steps of the walk about a second key: what it adds to a licence is shown before anything changes.

import assert from 'node:assert/strict';

import { shown } from '../lib/look.mjs';

/** A key that a reseller sold, as the operator issues it. */
export async function sold(portal, { product, seats, months = 12 }) {
  const terms = { product, kind: 'one_off', seats, months, reseller_name: 'Nantes Informatique' };
  const { key } = await ask(portal, portal.seed.operator_api_key, 'POST', 'operator/licences', terms);
  return key;
}

/** A licence's period begins: it is given to another workspace of its owner's. */
export async function begin(portal, licence, name) {
  const { api_key: owner } = portal.seed;
  const { id } = await ask(portal, owner, 'POST', 'workspaces', { name, mode: 'local_and_remote' });
  await ask(portal, owner, 'PUT', `workspaces/${id}/licence`, { licence: licence.id });
}

async function ask(portal, key, method, path, body) {
  const answer = await fetch(`${portal.url}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer.json();
}

const row = (page, name) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });

/** What a preview says of the expiry: today, and after. */
async function expiries({ page, w }) {
  const cells = row(page, w.expiry).getByRole('cell');
  const days = await Promise.all([0, 1].map(async (n) => (await cells.nth(n).textContent()).trim()));
  return { today: days[0], after: days[1] };
}

/** On the licence's page: a key is typed, its preview looked at, and accepted. Gives the expiry today and after. */
export async function extendBy(person, licence, key, name) {
  const { page, w } = person;
  await page.goto(`/licences/${licence.id}/change`);
  await page.getByLabel(w.licenceKey).fill(key);
  await page.getByRole('radio', { name: w.keepPresent }).check();
  await page.getByRole('button', { name: w.previewKey }).click();
  await page.getByText(w.previewExact).waitFor();
  const told = await expiries(person);
  assert.notEqual(told.today, told.after);
  await shown(person, name);
  await page.getByRole('button', { name: w.confirmChange, exact: true }).click();
  await page.getByText(w.changeDone).waitFor();
  return told;
}

/** The licence's page says until when it runs now. */
export async function runsUntil({ page }, licence, expiry) {
  await page.goto(`/licences/${licence.id}`);
  await page.getByRole('definition').filter({ hasText: expiry }).first().waitFor();
}
