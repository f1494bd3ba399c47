// Steps of the walk about a computer: a scan asked for in the console, what it finds, and the way back.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

import { fitForEverybody } from '../lib/look.mjs';

/** Waits for words on the page: with script it refreshes itself, without it is asked for again. */
export async function appears({ page, script }, locator) {
  if (script) return locator.first().waitFor({ timeout: 15_000 });
  const deadline = performance.now() + 15_000;
  while ((await locator.count()) === 0) {
    if (performance.now() > deadline) throw new Error(`not on the page: ${locator}`);
    await pause(100);
    await page.reload();
  }
  return undefined;
}

/** A scan of one folder, followed until it is completed. */
export async function scanFolder(person, folder) {
  const { page, w, look } = person;
  await page.getByRole('link', { name: w.scans, exact: true }).first().click();
  await page.getByRole('link', { name: w.startScan }).first().click();
  await page.getByRole('radio', { name: w.aFolder }).check();
  await page.getByLabel(w.folderPath).fill(folder);
  await fitForEverybody(page, `${look}-start-scan`);
  await page.getByRole('button', { name: w.scan, exact: true }).click();
  await appears(person, page.getByText(w.completed, { exact: true }));
  await fitForEverybody(page, `${look}-scan`);
}

/** What was found is out of harm's way, and is listed. */
export async function isQuarantined(person, file) {
  const { page, w, look } = person;
  assert.equal(existsSync(file), false, 'the file was moved');
  await page.getByRole('link', { name: w.detections, exact: true }).first().click();
  await fitForEverybody(page, `${look}-detections`);
  await page.getByRole('link', { name: w.quarantine, exact: true }).first().click();
  await fitForEverybody(page, `${look}-quarantine`);
  await page.getByRole('link', { name: file.split('/').at(-1) }).first().click();
  await fitForEverybody(page, `${look}-quarantine-item`);
}

/** From the item's page, back to where it was, exactly. */
export async function restore(person, file, bytes) {
  const { page, w, look } = person;
  await page.getByRole('link', { name: w.restore }).click();
  await fitForEverybody(page, `${look}-restore`);
  await page.getByRole('button', { name: w.restoreFile }).click();
  await page.goto(page.url());
  await appears(person, page.getByText(w.restored, { exact: true }));
  assert.equal(readFileSync(file, 'utf8'), bytes, 'as it was');
}

/** From the item's page, gone for good. */
export async function destroy(person) {
  const { page, w, look } = person;
  await page.getByRole('link', { name: w.delete }).click();
  await fitForEverybody(page, `${look}-delete`);
  await page.getByRole('button', { name: w.deleteFile }).click();
  await appears(person, page.getByText(w.deleted, { exact: true }));
}
