// Steps of the walk about workspaces: the dialog, names that are refused or taken, modes, deleting and undoing it.

import assert from 'node:assert/strict';

import { fitForEverybody, keep } from '../lib/look.mjs';

const dialogOf = ({ page, w }) => page.getByRole('dialog', { name: w.createWorkspace });

/** The dialog, from "Workspaces" in the left column. */
async function openDialog(person) {
  const { page, w } = person;
  await page.getByRole('link', { name: w.workspaces, exact: true }).first().click();
  await page.getByRole('link', { name: w.createWorkspace }).first().click();
  return dialogOf(person);
}

/** With none yet the dialog is open already; what it proposes can be taken as it is. A name outside the rule cannot. */
export async function createFirst(person, name) {
  const { page, w, look, script } = person;
  await page.getByRole('link', { name: w.workspaces, exact: true }).first().click();
  const dialog = dialogOf(person);
  const field = dialog.getByLabel(w.workspaceName);
  assert.notEqual(await field.inputValue(), '', 'a free name is suggested');
  assert.equal(await dialog.getByRole('radio').count(), 3);
  assert.equal(await dialog.getByRole('radio', { name: w.localAndRemote }).isChecked(), true);
  await dialog.getByRole('radio', { name: w.localOnly }).waitFor();
  await dialog.getByRole('radio', { name: w.remoteOnly }).waitFor();
  await fitForEverybody(page, `${look}-workspaces-first`);

  await field.fill('Atelier @ Nantes');
  if (script) await dialog.getByText(w.nameRefused('@')).waitFor();
  await dialog.getByRole('button', { name: w.create, exact: true }).click();
  await dialog.getByText(w.nameRefused('@')).waitFor();
  await fitForEverybody(page, `${look}-workspace-name-refused`);
  await field.fill(name);
  if (script) await dialog.getByText(w.nameFree).waitFor();
  await dialog.getByRole('button', { name: w.create, exact: true }).click();
  await page.getByText(w.workspaceCreated).waitFor();
}

/** A name that is another's, but for case, accents and spaces, is taken; three free ones are a click away. Gives the name. */
export async function createBesides(person, taken) {
  const { page, w, look, script } = person;
  const dialog = await openDialog(person);
  await dialog.getByLabel(w.workspaceName).fill(taken);
  if (!script) await dialog.getByRole('button', { name: w.create, exact: true }).click();
  await dialog.getByText(w.nameTaken).waitFor();
  const free = dialog.getByRole('list', { name: w.freeNames }).getByRole('button');
  assert.equal(await free.count(), 3);
  await fitForEverybody(page, `${look}-workspace-name-taken`);
  const name = (await free.first().textContent()).trim();
  await free.first().click();
  await page.getByText(w.workspaceCreated).waitFor();
  return name;
}

/** Opens a workspace from the list. */
export async function open({ page, w }, name) {
  await page.getByRole('link', { name: w.workspaces, exact: true }).first().click();
  await page.getByRole('main').getByRole('link', { name, exact: true }).click();
}

export async function openSettings(person, name) {
  const { page, w } = person;
  await open(person, name);
  await page.getByRole('link', { name: w.settings, exact: true }).first().click();
}

export async function rename(person, from, to) {
  const { page, w } = person;
  await openSettings(person, from);
  await page.getByLabel(w.workspaceName).fill(to);
  await page.getByRole('button', { name: w.rename, exact: true }).last().click();
  await page.getByText(w.workspaceRenamed).waitFor();
  await page.getByRole('link', { name: to }).first().waitFor();
}

/** Deleting says what will happen, wants the name, and frees the licence; bringing it back gives it its licence again. */
export async function deleteAndBringBack(person, name, licence) {
  const { page, w, look } = person;
  await openSettings(person, name);
  await page.getByRole('link', { name: w.deleteWorkspace }).click();
  const dialog = page.getByRole('dialog', { name: w.deleteQuestion(name) });
  await dialog.getByText(w.noDeviceConcerned).waitFor();
  await dialog.getByText(w.becomesAvailable(`${licence.product} ${licence.number}`)).waitFor();
  await keep(page, `workspace-delete-${person.language}`);
  await dialog.getByLabel(w.typeTheName).fill(`${name}?`);
  await dialog.getByRole('button', { name: w.deleteWorkspace }).click();
  await dialog.getByText(w.notTheName).waitFor();
  await fitForEverybody(page, `${look}-workspace-delete-refused`);
  await dialog.getByLabel(w.typeTheName).fill(name);
  await dialog.getByRole('button', { name: w.deleteWorkspace }).click();
  await page.getByText(w.workspaceDeleted).waitFor();
  await fitForEverybody(page, `${look}-workspaces-deleted`);
  await keep(page, `workspace-deleted-${person.language}`);

  await page.getByRole('link', { name: w.personalLicences }).first().click();
  await page.getByRole('region', { name: w.free, exact: true }).getByText(licence.number, { exact: true }).waitFor();
  await page.getByRole('link', { name: w.workspaces, exact: true }).first().click();
  await page.getByRole('button', { name: w.bringBack(name) }).click();
  await page.getByText(w.workspaceBack).waitFor();
}

/** Another mode, from the settings, after being told what it means. */
export async function changeMode(person, name, mode) {
  const { page, w, look } = person;
  await openSettings(person, name);
  await page.getByRole('radio', { name: w[mode] }).check();
  await page.getByRole('button', { name: w.changeMode }).click();
  const dialog = page.getByRole('dialog');
  await fitForEverybody(page, `${look}-mode-${mode}`);
  await dialog.getByRole('button', { name: w.changeMode }).click();
  await page.getByText(w.modeChanged).waitFor();
}
