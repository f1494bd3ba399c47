// Steps of the walk about what happens to a licence: its page and history, changes with a preview, moves, another owner.

import assert from 'node:assert/strict';

import { fitForEverybody, shown } from '../lib/look.mjs';
import { linkMailedTo } from '../lib/mail.mjs';
import * as workspaces from './workspaces.mjs';

/** "Licences personnelles": each with its state in words, its seats and its end; and from there the page of one. */
export async function lookAt(person, licence) {
  const { page, w } = person;
  await page.getByRole('link', { name: w.personalLicences }).first().click();
  const line = page.getByRole('listitem').filter({ hasText: licence.number });
  await line.getByText(w.active).waitFor();
  await shown(person, 'personal-licences');
  await line.getByRole('link', { name: w.history }).click();
  await page.getByRole('heading', { name: w.permits }).waitFor();
  await page.getByText(w.neverOff).waitFor();
}

/** What happened to a licence, the latest first. */
export async function toldOf(person, licence, ...what) {
  const { page, w } = person;
  await page.goto(`/licences/${licence.id}`);
  const history = page.getByRole('region', { name: w.history });
  for (const words of what) await history.getByText(words).first().waitFor();
  await shown(person, 'licence');
}

/** Detached, it can go back where it was. */
export async function detachAndUndo(person, workspace, licence) {
  const { page, w } = person;
  await workspaces.openSettings(person, workspace);
  await page.getByRole('link', { name: w.detach }).click();
  const dialog = page.getByRole('dialog', { name: w.detachQuestion });
  await shown(person, 'licence-detach');
  await dialog.getByRole('button', { name: w.detachNow }).click();
  await page.getByText(w.detached).waitFor();
  await page.goto(`/licences/${licence.id}`);
  await page.getByRole('button', { name: w.undoMove }).click();
  await page.getByText(w.moveUndone).waitFor();
  await page.getByRole('definition').filter({ hasText: workspace }).waitFor();
}

/** Its owner offers it, and says to whom. */
export async function offer(person, licence, email) {
  const { page, w } = person;
  await page.goto(`/licences/${licence.id}`);
  await page.getByRole('link', { name: w.handOver }).click();
  await page.getByLabel(w.whoGetsIt).fill(email);
  await shown(person, 'licence-hand-over');
  await page.getByRole('button', { name: w.offerIt }).click();
  await page.getByText(w.offered).waitFor();
}

/** The other side follows the mailed link, sees what will happen, and accepts. */
export async function accept(person, licence, email, mails) {
  const { page, portal, w } = person;
  assert.match(await linkMailedTo(portal, email, mails), new RegExp(licence.id));
  await page.goto('/licences');
  await page.getByRole('link', { name: w.seeOffer }).click();
  await page.getByText(w.sameExpiry).waitFor();
  await shown(person, 'licence-offered');
  await page.getByRole('button', { name: w.acceptIt }).click();
  await page.getByText(w.isYours).waitFor();
}

/** *Paramètres* of a workspace: number, product, seats, expiry, next charge; and every way to change the licence. */
export async function settings(person, workspace, licence, name = 'settings') {
  const { page, w } = person;
  await workspaces.openSettings(person, workspace);
  await page.getByText(licence.number, { exact: true }).waitFor();
  for (const way of [w.renew, w.addSeats, w.changeTerm, w.changeProduct]) await page.getByRole('link', { name: way }).waitFor();
  await shown(person, name);
}

/** More seats: the preview says what it costs and what devices will notice, and is exactly what is ordered. */
export async function addSeats(person, seats) {
  const { page, w } = person;
  await page.getByRole('link', { name: w.addSeats }).click();
  await page.getByLabel(w.seatsAfter).fill(String(seats));
  await shown(person, 'licence-change');
  await page.getByRole('button', { name: w.preview, exact: true }).click();
  await page.getByText(w.previewExact).waitFor();
  await shown(person, 'licence-preview');
  const confirm = page.getByRole('button', { name: w.orderFor });
  const amount = (await confirm.textContent()).match(/\d[\d\s.,\u00a0\u202f]*\d/)[0];
  await confirm.click();
  await page.getByText(w.howToPay).waitFor();
  assert.ok((await page.getByRole('main').textContent()).includes(amount), `what was previewed, ${amount}, is what is to be paid`);
  await fitForEverybody(page, `${person.look}-licence-order`);
}

/** Of a licence without subscription: who sold it and how to reach them, no renewal by itself, and to extend it by buying
 * or by another key. */
export async function soldOnce(person, workspace, licence) {
  const { page, w } = person;
  await settings(person, workspace, licence, 'settings-one-off');
  for (const told of [licence.reseller.name, licence.reseller.contact]) await page.getByText(told).first().waitFor();
  assert.equal(await page.getByText(w.autoRenewal).count(), 0);
  await page.goto(`/licences/${licence.id}`);
  await page.getByText(licence.reseller.name).first().waitFor();
  await page.getByRole('link', { name: w.renew }).click();
  await page.getByRole('heading', { name: w.extendByKey }).waitFor();
  await shown(person, 'licence-extend');
}

/** With how few free seats to be told, and which reminders to get. */
export async function reminders(person, licence) {
  const { page, w } = person;
  await page.goto(`/licences/${licence.id}`);
  await page.getByLabel(w.lowSeats).fill('1');
  await page.getByRole('button', { name: w.save, exact: true }).click();
  await page.getByText(w.noted).waitFor();
  await page.getByRole('link', { name: w.reminders, exact: true }).click();
  assert.equal(await page.getByLabel(w.lastReminder).isDisabled(), true);
  await page.getByLabel(w.days14).uncheck();
  await shown(person, 'reminders');
  await page.getByRole('button', { name: w.saveReminders }).click();
  await page.getByText(w.remindersSet).waitFor();
  assert.equal(await page.getByLabel(w.days14).isChecked(), false);
}
