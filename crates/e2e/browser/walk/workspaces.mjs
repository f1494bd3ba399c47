// Steps of the walk about workspaces and their licence: the seed's own sentences.

import assert from 'node:assert/strict';

import { fitForEverybody } from '../lib/look.mjs';

/** "Workspaces" in the left column, the proposed name, the three modes, "Créer". Gives the name. */
export async function create({ page, w, look }) {
  await page.getByRole('link', { name: w.workspaces, exact: true }).first().click();
  await page.getByRole('link', { name: w.newWorkspace }).first().click();
  const name = await page.getByLabel(w.workspaceName).inputValue();
  assert.notEqual(name, '', 'a free name is proposed');
  assert.equal(await page.getByRole('radio', { name: w.localAndRemote }).isChecked(), true);
  await page.getByRole('radio', { name: w.localOnly }).waitFor();
  await page.getByRole('radio', { name: w.remoteOnly }).waitFor();
  await fitForEverybody(page, `${look}-new-workspace`);
  await page.getByRole('button', { name: w.create, exact: true }).click();
  return name;
}

/** "Réassigner une licence à ce Workspace", choose, "Réassigner maintenant". */
export async function assignLicence({ page, w, look }) {
  await fitForEverybody(page, `${look}-licence`);
  await page.getByRole('link', { name: w.reassign }).click();
  await fitForEverybody(page, `${look}-choose-licence`);
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: w.reassignNow }).click();
}
