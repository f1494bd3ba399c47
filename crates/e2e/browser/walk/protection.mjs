// Steps of the walk about protecting: scans asked for in the console and at the computer, quarantine and the way back.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';

import { fitForEverybody } from '../lib/look.mjs';
import { appears, comes } from './screen.mjs';

/** "Lancer une analyse" of one folder; leads to its page. */
async function startScan({ page, w }, folder) {
  await page.getByRole('link', { name: w.scans, exact: true }).first().click();
  await page.getByRole('link', { name: w.startScan }).first().click();
  const dialog = page.getByRole('dialog', { name: w.startScan });
  await dialog.getByRole('radio', { name: w.aFolder }).check();
  await dialog.getByLabel(w.folderPath).fill(folder);
  await dialog.getByRole('button', { name: w.scan, exact: true }).click();
}

/** A scan of a folder that takes long: its figures move on the page, and it stops when told to. */
export async function stopLongScan(person, folder) {
  const { page, w, look } = person;
  await startScan(person, folder);
  const files = page.locator('dl > div', { hasText: w.filesLookedAt }).getByRole('definition');
  await appears(person, files);
  const looked = async () => {
    if (!person.script) await page.reload();
    return Number((await files.textContent()).match(/^[\d\s  .,]*/)[0].replace(/\D/g, ''));
  };
  const first = await looked();
  await comes(`more than ${first} files`, async () => (await looked()) > first);
  await fitForEverybody(page, `${look}-scan-running`);
  await page.getByRole('button', { name: w.stopScan }).click();
  await appears(person, page.getByRole('heading').getByText(w.cancelled, { exact: true }));
}

/** A scan of one folder, followed until it is completed. */
export async function scanFolder(person, folder) {
  const { page, w } = person;
  await startScan(person, folder);
  await appears(person, page.getByRole('heading').getByText(w.completed, { exact: true }));
  await page.getByRole('row', { name: w.held }).waitFor();
}

/** Scans at the computer itself: nothing found, something found, nothing to scan. */
export async function scanAtComputer(agent, sample) {
  for (const [path, code] of [[sample.clean, 0], [sample.found, 1], [`${sample.path}/absent`, 2]]) {
    const scan = await agent.command('scan', path);
    assert.equal(scan.code, code, scan.said);
  }
}

/** What was found is out of harm's way; leads to its page. */
export async function isQuarantined(person, file) {
  const { page, w } = person;
  const name = file.split('/').at(-1);
  assert.equal(existsSync(file), false, 'the file was moved');
  await page.getByRole('link', { name: w.detections, exact: true }).first().click();
  await page.getByRole('row', { name }).first().waitFor();
  await page.getByRole('link', { name: w.quarantine, exact: true }).first().click();
  await appears(person, page.getByRole('row', { name }));
  await page.getByRole('row', { name }).getByRole('link', { name }).click();
  await page.getByRole('heading').getByText(w.held, { exact: true }).waitFor();
}

/** From the item's page, back to where it was, exactly. */
export async function restore(person, file, { bytes, mode }) {
  const { page, w } = person;
  await page.getByRole('link', { name: w.restore }).click();
  await page.getByRole('button', { name: w.restoreFile }).click();
  await appears(person, page.getByRole('heading').getByText(w.restored, { exact: true }));
  assert.equal(readFileSync(file, 'utf8'), bytes, 'as it was');
  assert.equal(statSync(file).mode & 0o7777, mode, 'as it was');
}

/** From the item's page, gone for good. */
export async function destroy(person) {
  const { page, w } = person;
  await page.getByRole('link', { name: w.delete }).click();
  await page.getByRole('button', { name: w.deleteFile }).click();
  await appears(person, page.getByRole('heading').getByText(w.deleted, { exact: true }));
}
