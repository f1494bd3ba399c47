// How a page looks to somebody: axe's findings, sideways scrolling, and a picture, light and dark, narrow and wide.

import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { scripts } from './script.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = new URL('../../../../target/screenshots/', import.meta.url).pathname;
const everyPicture = Boolean(process.env.REMPART_SCREENSHOTS);

const LOOKS = ['light', 'dark'].flatMap((scheme) => [1440, 360].map((width) => ({ scheme, width })));

/** What axe finds serious or critical on the page as it is. */
export async function seriousFindings(page) {
  const { violations } = await scripts(page).lent(async () => {
    await page.evaluate(axe);
    return page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${target.join(' ')}\n${failureSummary}`));
}

/** Whether the page is wider than its window. */
export const scrollsSideways = (page) =>
  page.evaluate(() => document.scrollingElement.scrollWidth > document.documentElement.clientWidth);

/** Fails unless the page is fit for everybody in each look. `name` is the picture's. */
export async function fitForEverybody(page, name) {
  await mkdir(pictures, { recursive: true });
  const before = page.viewportSize();
  for (const { scheme, width } of LOOKS) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: width === 360 ? 780 : 900 });
    const look = `${name}, ${scheme}, ${width} px`;
    if (everyPicture || (scheme === 'light' && width === 1440)) {
      await page.screenshot({ path: join(pictures, `${name}-${scheme}-${width}.png`), fullPage: true });
    }
    assert.deepEqual(await seriousFindings(page), [], look);
    assert.equal(await scrollsSideways(page), false, `${look}: scrolls sideways`);
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.setViewportSize(before);
}
