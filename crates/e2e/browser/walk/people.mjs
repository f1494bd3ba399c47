// Steps of the walk about people: signing up, signing in, a forgotten password.

import { fitForEverybody } from '../lib/look.mjs';
import { linkMailedTo } from '../lib/mail.mjs';

/** A new person signs up and follows the mailed link. */
export async function signUp({ page, portal, w, look }, email, password) {
  await page.goto('/');
  await page.getByRole('link', { name: w.signUp }).first().click();
  await fitForEverybody(page, `${look}-sign-up`);
  await page.getByLabel(w.yourName).fill('Anaïs Le Goff');
  await page.getByLabel(w.email).fill(email);
  await page.getByLabel(w.password, { exact: true }).fill(password);
  await page.getByRole('button', { name: w.signUp }).click();
  await page.goto(await linkMailedTo(portal, email));
  await page.getByRole('button', { name: w.confirm }).click();
}

/** Somebody signs in and finds the way out on the page. */
export async function signIn({ page, w, look }, email, password) {
  await page.goto('/sign-in');
  await fitForEverybody(page, `${look}-sign-in`);
  await page.getByLabel(w.email).fill(email);
  await page.getByLabel(w.password, { exact: true }).fill(password);
  await page.getByRole('button', { name: w.signIn }).click();
  await page.getByRole('button', { name: w.signOut }).waitFor({ state: 'attached' });
}

/** Somebody has forgotten the password and sets another by the mailed link. */
export async function forget({ page, portal, w, look }, email, password) {
  await page.getByRole('button', { name: w.signOut }).click();
  await page.goto('/sign-in');
  await page.getByRole('link', { name: w.forgotten }).click();
  await fitForEverybody(page, `${look}-forgotten`);
  await page.getByLabel(w.email).fill(email);
  await page.getByRole('button', { name: w.sendLink }).click();
  await page.goto(await linkMailedTo(portal, email, 2));
  await page.getByLabel(w.newPassword).fill(password);
  await page.getByRole('button', { name: w.changePassword }).click();
}
