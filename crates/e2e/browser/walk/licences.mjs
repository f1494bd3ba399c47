// Steps of the walk about licences: a key typed in, one chosen, one in use elsewhere, the trial, where they are listed.

import assert from 'node:assert/strict';

import { fitForEverybody } from '../lib/look.mjs';
import * as workspaces from './workspaces.mjs';

/** The same key with one symbol of a group replaced by another that keys may have. */
function misread(key, group) {
  const at = (group - 1) * 6 + 1;
  return key.slice(0, at) + (key[at] === '7' ? '8' : '7') + key.slice(at + 1);
}

/** The screen that follows a new workspace, or is asked for. */
export async function screenOf(person, workspace) {
  await workspaces.openSettings(person, workspace);
  await person.page.getByRole('link', { name: person.w.attachLicence }).click();
}

/** On the licence screen: a key with a wrong symbol is told by its group, the right one is imported. */
export async function typeKey({ page, w, look, script }, { key, number }) {
  const field = page.getByLabel(w.licenceKey);
  await field.fill(misread(key, 3));
  if (script) await page.getByText(w.wrongGroup(3)).waitFor();
  await page.getByRole('button', { name: w.import }).click();
  await page.getByText(w.wrongGroup(3)).waitFor();
  await fitForEverybody(page, `${look}-licence-key-wrong`);
  await field.fill(key.toLowerCase().replaceAll('-', ' '));
  await page.getByRole('button', { name: w.import }).click();
  await page.getByText(w.keyImported).waitFor();
  await page.getByText(number).first().waitFor();
  await fitForEverybody(page, `${look}-licence-key-imported`);
}

const choiceOf = (page, { number }) => page.getByRole('radio', { name: number });

/** "Réassigner une licence à ce Workspace", choose, "Réassigner maintenant". */
export async function assign({ page, w }, licence) {
  await page.getByRole('link', { name: w.reassign }).click();
  await choiceOf(page, licence).check();
  await page.getByRole('button', { name: w.reassignNow }).click();
  await page.getByText(w.licenceAssigned).waitFor();
}

/** One in use elsewhere says where, and what moving it does; nothing moves without a second yes. */
export async function seeWhatMovingDoes(person, workspace, licence, elsewhere) {
  const { page, w, look } = person;
  await workspaces.openSettings(person, workspace);
  await page.getByRole('link', { name: w.reassign }).click();
  await page.getByText(w.inUse, { exact: true }).waitFor();
  await page.getByText(w.placedAt(elsewhere)).waitFor();
  await choiceOf(page, licence).check();
  await page.getByRole('button', { name: w.reassignNow }).click();
  const dialog = page.getByRole('dialog', { name: w.confirmReassign });
  await dialog.getByText(w.leaves(elsewhere)).waitFor();
  await dialog.getByText(w.endsTrial).waitFor();
  await fitForEverybody(page, `${look}-licence-move`);
  await dialog.getByRole('link', { name: w.cancel, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** On the licence screen: thirty days without a key. */
export async function startTrial({ page, w, look }) {
  await fitForEverybody(page, `${look}-licence-none`);
  await page.getByRole('button', { name: w.startTrial }).click();
  await page.getByText(w.trialStarted).waitFor();
}

/** "Licences personnelles" lists what is attached to nothing, and where the others are. */
export async function areListed({ page, w }, free, placed, workspace) {
  await page.getByRole('link', { name: w.personalLicences }).first().click();
  const attachedToNothing = page.getByRole('region', { name: w.free, exact: true });
  await attachedToNothing.getByText(free.number, { exact: true }).waitFor();
  assert.equal(await attachedToNothing.getByText(placed.number, { exact: true }).count(), 0);
  const attached = page.getByRole('region', { name: w.placed }).getByRole('listitem').filter({ hasText: placed.number });
  await attached.getByRole('link', { name: workspace }).waitFor();
}

/** The settings show the licence's number, product, seats and end. */
export async function isShown(person, workspace, { number, product, seats }) {
  const { page, w } = person;
  await workspaces.openSettings(person, workspace);
  const card = page.getByRole('region', { name: product });
  await card.getByRole('definition').filter({ hasText: number }).waitFor();
  await card.getByRole('definition').filter({ hasText: w.seatsUsed(0, seats) }).waitFor();
  const inAYear = String(new Date().getFullYear() + 1);
  const expiry = card.locator('dl > div', { hasText: w.expiryDate });
  assert.match(await expiry.getByRole('definition').textContent(), new RegExp(inAYear));
}
