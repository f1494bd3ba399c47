// Steps of the walk about closing an account with licences in it: what becomes of each is said before, and it is undone.

import { shown } from '../lib/look.mjs';

/** From the account's page: what becomes of a licence is said; the account is closed. */
export async function close(person, licence, { password }) {
  const { page, w } = person;
  await page.getByRole('link', { name: w.myAccount }).first().click();
  await page.getByRole('link', { name: w.closeAccount }).click();
  const line = page.getByRole('listitem').filter({ hasText: licence.number });
  await line.getByText(w.endsWithAccount).waitFor();
  await shown(person, 'account-close');
  await page.getByLabel(w.presentPassword).fill(password);
  await page.getByRole('button', { name: w.closeAccount }).click();
  await page.getByText(w.accountClosed).waitFor();
}

/** Signing in leads to what can still be done: the account is opened again, and the licence is there. */
export async function reopen(person, licence, { email, password }) {
  const { page, w } = person;
  await page.goto('/sign-in');
  await page.getByLabel(w.email).fill(email);
  await page.getByLabel(w.password, { exact: true }).fill(password);
  await page.getByRole('button', { name: w.signIn, exact: true }).click();
  await page.getByRole('heading', { name: w.thisIsClosed }).waitFor();
  await shown(person, 'account-closed');
  await page.getByRole('button', { name: w.reopenAccount }).click();
  await page.getByText(w.accountReopened).waitFor();
  await page.goto('/licences');
  await page.getByText(licence.number, { exact: true }).first().waitFor();
}
