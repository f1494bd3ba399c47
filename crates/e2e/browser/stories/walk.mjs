// From nothing to a protected computer, by the words on the screen. Told once, walked in French, in English, and in
// French without script.

import assert from 'node:assert/strict';

import { fitForEverybody } from '../lib/look.mjs';
import { linkMailedTo } from '../lib/mail.mjs';

/** A new person signs up, follows the mailed link, forgets the password, and is back in. */
export async function account({ page, portal, w, look }) {
  const email = `${look}@example.org`;
  await page.goto('/');
  await page.getByRole('link', { name: w.signUp }).first().click();
  await fitForEverybody(page, `${look}-sign-up`);
  await page.getByLabel(w.yourName).fill('Anaïs Le Goff');
  await page.getByLabel(w.email).fill(email);
  await page.getByLabel(w.password, { exact: true }).fill('cheval-pile-agrafe-exact');
  await page.getByRole('button', { name: w.signUp }).click();
  await page.goto(await linkMailedTo(portal, email));
  await page.getByRole('button', { name: w.confirm }).click();

  await page.getByRole('button', { name: w.signOut }).click();
  await page.getByRole('link', { name: w.signIn }).first().click();
  await page.getByRole('link', { name: w.forgotten }).click();
  await page.getByLabel(w.email).fill(email);
  await page.getByRole('button', { name: w.sendLink }).click();
  await page.goto(await linkMailedTo(portal, email, 2));
  await page.getByLabel(w.newPassword).fill('autre-pile-cheval-agrafe');
  await page.getByRole('button', { name: w.changePassword }).click();
}

/** The seeded person signs in. */
export async function signIn({ page, portal, w, look }) {
  await page.goto('/sign-in');
  await fitForEverybody(page, `${look}-sign-in`);
  await page.getByLabel(w.email).fill(portal.seed.email);
  await page.getByLabel(w.password, { exact: true }).fill(portal.seed.password);
  await page.getByRole('button', { name: w.signIn }).click();
  await page.getByRole('button', { name: w.signOut }).waitFor();
}

/** A workspace with the proposed name. */
export async function workspace({ page, w, look }) {
  await page.getByRole('link', { name: w.workspaces, exact: true }).click();
  await page.getByRole('link', { name: w.newWorkspace }).click();
  const name = await page.getByRole('textbox').inputValue();
  assert.notEqual(name, '', 'a free name is proposed');
  assert.equal(await page.getByRole('radio', { name: w.localAndRemote }).isChecked(), true);
  await fitForEverybody(page, `${look}-new-workspace`);
  await page.getByRole('button', { name: w.create }).click();
  return name;
}

/** The seed's two steps. */
export async function licence({ page, w, look }) {
  await page.getByRole('link', { name: w.reassign }).click();
  await fitForEverybody(page, `${look}-assign-licence`);
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: w.reassignNow }).click();
}
