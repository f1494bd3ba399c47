// Steps of the walk about people: signing up, signing in, sessions, passwords, language.

import assert from 'node:assert/strict';

import { fitForEverybody } from '../lib/look.mjs';
import { linkMailedTo } from '../lib/mail.mjs';

/** A new person signs up and follows the mailed link. */
export async function signUp({ page, portal, w, look }, { name, email, password }) {
  await page.goto('/');
  await page.getByRole('link', { name: w.makeOne }).click();
  await fitForEverybody(page, `${look}-sign-up`);
  await page.getByLabel(w.yourName).fill(name);
  await page.getByLabel(w.email).fill(email);
  await page.getByLabel(w.password, { exact: true }).fill(password);
  await page.getByRole('button', { name: w.signUpNow }).click();
  await page.getByRole('heading', { name: w.lookInMailbox }).waitFor();
  await page.goto(await linkMailedTo(portal, email));
  await fitForEverybody(page, `${look}-confirm`);
  await page.getByRole('button', { name: w.confirm }).click();
  await page.getByText(w.confirmed).waitFor();
}

/** Somebody signs in and finds the way out on the page. */
export async function signIn({ page, w, look }, { email, password }) {
  await page.goto('/sign-in');
  await fitForEverybody(page, `${look}-sign-in`);
  await page.getByLabel(w.email).fill(email);
  await page.getByLabel(w.password, { exact: true }).fill(password);
  await page.getByRole('button', { name: w.signIn, exact: true }).click();
  await page.getByRole('button', { name: w.signOut }).waitFor();
}

/** Somebody leaves. */
export async function signOut({ page, w }) {
  await page.getByRole('button', { name: w.signOut }).click();
  await page.getByText(w.signedOut).waitFor();
}

/** A wrong password is refused with the sentence everybody gets. */
export async function refusedAtTheDoor({ page, w }, { email }) {
  await page.goto('/sign-in');
  await page.getByLabel(w.email).fill(email);
  await page.getByLabel(w.password, { exact: true }).fill('not this one');
  await page.getByRole('button', { name: w.signIn, exact: true }).click();
  await page.getByText(w.doesNotMatch).waitFor();
}

/** Somebody has forgotten the password and sets another by the mailed link. */
export async function forget({ page, portal, w, look }, { email }, password) {
  await page.goto('/sign-in');
  await page.getByRole('link', { name: w.forgotten }).click();
  await fitForEverybody(page, `${look}-forgotten`);
  await page.getByLabel(w.email).fill(email);
  await page.getByRole('button', { name: w.sendLink }).click();
  await page.getByRole('heading', { name: w.lookInMailbox }).waitFor();
  await page.goto(await linkMailedTo(portal, email, 2));
  await fitForEverybody(page, `${look}-reset`);
  await page.getByLabel(w.newPassword).fill(password);
  await page.getByRole('button', { name: w.changePassword }).click();
  await page.getByText(w.passwordReset).waitFor();
}

/** Somebody without a workspace is met by the dialog that makes one, and puts it off. */
export async function putOffTheWorkspace({ page, w, look }) {
  const dialog = page.getByRole('dialog', { name: w.createWorkspace });
  await dialog.waitFor();
  assert.notEqual(await dialog.getByLabel(w.workspaceName).inputValue(), '', 'a free name is suggested');
  await fitForEverybody(page, `${look}-workspaces-first`);
  await dialog.getByRole('link', { name: w.cancel, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** The same person elsewhere is sent away from here. */
export async function endOtherSessions({ page, w, look }, elsewhere) {
  await page.getByRole('link', { name: w.myAccount }).click();
  await page.getByText(w.thisSession, { exact: true }).waitFor();
  await fitForEverybody(page, `${look}-account`);
  await page.getByRole('button', { name: w.endOthers }).click();
  await page.getByText(w.othersEnded).waitFor();
  await elsewhere.page.goto('/account');
  await elsewhere.page.getByRole('button', { name: w.signIn, exact: true }).waitFor();
}

/** The password is changed by somebody who knows it. */
export async function changePassword({ page, w }, { password }, other) {
  await page.goto('/account');
  await page.getByLabel(w.presentPassword).fill(password);
  await page.getByLabel(w.newPassword).fill(other);
  await page.getByRole('button', { name: w.changePassword }).click();
  await page.getByText(w.passwordChanged).waitFor();
}

/** The language of pages is a setting; the page is in it from then on. */
export async function chooseLanguage({ page, w }, language) {
  await page.goto('/account');
  await page.getByLabel(w.language).selectOption(language);
  await page.getByRole('button', { name: w.save, exact: true }).click();
  assert.equal(await page.locator('html').getAttribute('lang'), language);
}
