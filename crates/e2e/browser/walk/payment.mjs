// Steps of the walk about money: the card that renewals are paid with, renewal by itself, orders and invoices.

import assert from 'node:assert/strict';

import { keepPdf, shown } from '../lib/look.mjs';
import * as workspaces from './workspaces.mjs';

/** 14 March 2027, 1er mars 2027. */
const A_DATE = /\d+(?:er)?\s\p{L}+\s\d{4}/u;

/** Cards as the provider's double knows them: good ones, one whose bank asks who it is, and one that
 * its bank refuses. */
export const CARDS = {
  first: '4242 4242 4242 4242',
  second: '4000 0566 5566 5556',
  asks: '4000 0027 6000 3184',
  refused: '4000 0000 0000 0002',
};

/** From the settings, to how the licence is paid for. */
export async function open(person, workspace) {
  const { page, w } = person;
  await workspaces.openSettings(person, workspace);
  await page.getByRole('link', { name: w.updatePayment }).click();
  await page.getByRole('heading', { name: w.paymentTitle }).waitFor();
}

/** Without a card a licence cannot renew by itself, and the page says so in words. */
export async function needsCard(person) {
  const { page, w } = person;
  await page.getByText(w.noCard).waitFor();
  await page.getByText(w.whyNoCard).waitFor();
  assert.equal(await page.getByRole('button', { name: w.renewalOn }).count(), 0, 'what cannot be charged is not offered');
  await shown(person, 'payment-none');
}

/** Nor can one that was bought once from a reseller. */
export async function neverRenews(person, licence) {
  const { page, w } = person;
  await page.goto(`/licences/${licence.id}/payment`);
  await page.getByText(w.whyOneOff).waitFor();
  assert.equal(await page.getByRole('button', { name: w.renewalOn }).count(), 0);
  await shown(person, 'payment-one-off');
}

/** The card form is the provider's script: without script it says so, and everything else still works. */
export async function cardNeedsScript(person) {
  const { page, w } = person;
  await page.getByRole('button', { name: w.giveCard }).click();
  await page.getByText(w.cardNeedsScript).waitFor();
  await shown(person, 'card');
  await page.getByRole('link', { name: w.cancel, exact: true }).click();
  await page.getByText(w.noCard).waitFor();
}

/** Types a card into the provider's frame and sends it. */
async function type({ page, w }, number) {
  const frame = page.frameLocator('#payment-element iframe');
  await frame.getByLabel(w.cardNumber).fill(number);
  await frame.getByLabel(w.cardExpiry).fill('12 / 34');
  await frame.getByLabel(w.cardCode).fill('123');
  await page.getByRole('button', { name: w.saveCard }).click();
}

async function isOnFile({ page, w }, number) {
  await page.getByText(w.cardSet).waitFor();
  const card = page.getByRole('region', { name: w.cardPanel });
  for (const fact of ['Visa', `···· ${number.slice(-4)}`, '12/2034']) {
    await card.getByRole('definition').filter({ hasText: fact }).waitFor();
  }
}

/** A card is given; its brand, last four digits and expiry are shown. */
export async function giveCard(person, number) {
  const { page, w } = person;
  await page.getByRole('button', { name: w.giveCard }).click();
  await page.getByRole('button', { name: w.saveCard }).waitFor();
  await shown(person, 'card');
  await type(person, number);
  await isOnFile(person, number);
}

/** It is replaced; one that the bank refuses changes nothing. */
export async function replaceCard(person, number) {
  const { page, w } = person;
  await page.getByRole('button', { name: w.updatePayment }).click();
  await type(person, CARDS.refused);
  await page.getByRole('alert').getByText(/./).waitFor();
  await type(person, number);
  await isOnFile(person, number);
}

/** Renewal by itself goes on, and says what is charged and when. */
export async function switchOn(person) {
  const { page, w } = person;
  await page.getByRole('button', { name: w.renewalOn }).click();
  await page.getByText(w.renewalIsOn).waitFor();
  await page.getByText(w.willBeCharged).waitFor();
  await shown(person, 'payment');
}

/** It goes off, and says until when protection runs: the licence's expiry. */
export async function switchOff(person, expiry) {
  const { page, w } = person;
  await page.getByRole('button', { name: w.renewalOff }).click();
  await page.getByText(w.renewalIsOff).waitFor();
  const told = await page.getByText(w.protectedUntil).textContent();
  assert.ok(told.includes(expiry), `${told}\ndoes not say ${expiry}`);
  await shown(person, 'payment-off');
}

/** The settings say that it renews by itself, and when what is charged. Gives the expiry as it is written there. */
export async function settingsSay(person, workspace, { renews }) {
  const { page, w } = person;
  await workspaces.openSettings(person, workspace);
  const fact = (name) => page.locator('dl > div', { has: page.getByText(name, { exact: true }) }).getByRole('definition');
  await fact(w.autoRenewal).getByText(renews ? w.on : w.off, { exact: true }).waitFor();
  if (renews) await fact(w.nextCharge).waitFor();
  if (renews) await shown(person, 'settings-renewing');
  return (await fact(w.expiryDate).textContent()).match(A_DATE)[0];
}

/** On an order's page: it is paid by the card on file, at once. */
export async function payOrder(person) {
  const { page, w } = person;
  await shown(person, 'licence-order-card');
  await page.getByRole('button', { name: w.payByCard }).click();
  await page.getByText(w.paidByCard).waitFor();
  await page.getByText(w.orderPaid, { exact: true }).first().waitFor();
}

/** What the bank is told in its frame. */
const tell = ({ page }, place, words) => page.frameLocator(`${place} iframe`).getByRole('button', { name: words }).click();

/** On an order's page: another card, whose bank asks who it is. Told no, nothing is paid and the page says why. */
export async function payOrderWithQuestions(person) {
  const { page, w } = person;
  await page.getByRole('button', { name: w.otherCard }).click();
  await type(person, CARDS.asks);
  await tell(person, '#payment-element', w.approve);
  await page.getByText(w.cardSet).waitFor();
  await page.getByRole('definition').filter({ hasText: CARDS.asks.slice(-4) }).waitFor();
  for (const answer of [w.refuse, w.approve]) {
    await page.getByRole('button', { name: w.payByCard }).click();
    const on = page.getByRole('button', { name: w.toTheBank });
    await on.waitFor();
    await shown(person, 'licence-order-prove');
    await on.click();
    await tell(person, 'main', answer);
    if (answer === w.refuse) await page.getByRole('alert').getByText(w.nothingCharged).waitFor();
  }
  await page.getByText(w.paidByCard).waitFor();
}

/** The newest invoice in the list is a PDF of a page or more. */
export async function invoice(person, licence) {
  const { page, w } = person;
  await page.goto(`/licences/${licence.id}/orders`);
  await shown(person, 'orders');
  const link = page.getByRole('row').nth(1).getByRole('link', { name: w.anInvoice });
  const answer = await page.request.get(await link.getAttribute('href'));
  assert.equal(answer.headers()['content-type'], 'application/pdf');
  const bytes = await answer.body();
  assert.equal(bytes.subarray(0, 5).toString(), '%PDF-');
  const pages = bytes.toString('latin1').match(/\/Count (\d+)/);
  assert.ok(Number(pages?.[1]) >= 1, 'it has a page');
  await keepPdf(person, bytes, 'invoice');
}
