// How a page looks to somebody: axe's findings, sideways scrolling, and a picture, light and dark, narrow and wide.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { scripts } from './script.mjs';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = new URL('../../../../target/screenshots/', import.meta.url).pathname;
const everyPicture = Boolean(process.env.REMPART_SCREENSHOTS);

const LOOKS = ['light', 'dark'].flatMap((scheme) => [1440, 360].map((width) => ({ scheme, width })));

/** A page looks the same without script, but for a word or two: the opposite corners will do. */
const TWO_LOOKS = LOOKS.filter(({ scheme, width }) => (scheme === 'light') === (width === 1440));

/** The rules that a change of colours alone can break. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe finds serious or critical on the page as it is; by these rules only, where some are named. Text in the very
 * colour it stands on counts too: axe takes it for hidden on purpose, and leaves it undecided. */
export async function seriousFindings(page, rules) {
  const options = { resultTypes: ['violations', 'incomplete'], preload: false, ...(rules && { runOnly: rules }) };
  const { violations, incomplete } = await scripts(page).lent(async () => {
    if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
    return page.evaluate((given) => globalThis.axe.run(document, given), options);
  });
  const unseen = ({ any }) => any.some(({ data }) => data?.messageKey === 'equalRatio');
  const invisible = incomplete.map((one) => ({ ...one, nodes: one.nodes.filter(unseen) }));
  return [...violations, ...invisible]
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${target.join(' ')}\n${failureSummary}`));
}

/** Whether the page is wider than its window. */
export const scrollsSideways = (page) =>
  page.evaluate(() => document.scrollingElement.scrollWidth > document.documentElement.clientWidth);

const looked = new Set();

/**
 * Fails unless the page is fit for everybody in each look. `name` is the picture's; a page is looked at once under it.
 * A picture is kept of a page that is not fit, and of every page when REMPART_SCREENSHOTS is set.
 */
export async function fitForEverybody(page, name) {
  if (looked.has(name)) return;
  looked.add(name);
  const before = page.viewportSize();
  for (const { scheme, width } of scripts(page).off ? TWO_LOOKS : LOOKS) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: width === 360 ? 780 : 900 });
    const look = `${name}, ${scheme}, ${width} px`;
    const findings = await seriousFindings(page, scheme === 'dark' ? COLOURS : undefined);
    const sideways = await scrollsSideways(page);
    if (everyPicture || findings.length > 0 || sideways) await picture(page, `${name}-${scheme}-${width}`);
    assert.deepEqual(findings, [], look);
    assert.equal(sideways, false, `${look}: scrolls sideways`);
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.setViewportSize(before);
}

const kept = process.env.REMPART_KEEP_SCREENS;

/** Keeps a small picture of the page as it is for the documents, when REMPART_KEEP_SCREENS names a folder for it. */
export async function keep(page, name) {
  if (!kept || scripts(page).off) return;
  const before = page.viewportSize();
  await page.setViewportSize({ width: 1200, height: 800 });
  const png = await page.screenshot({ fullPage: true });
  await page.setViewportSize(before);
  await mkdir(kept, { recursive: true });
  await writeFile(join(kept, `${name}.webp`), await small(page, png));
}

/** The same of the first page of a PDF, as a reader that is not ours draws it (`pdftoppm`, of poppler-utils). */
export async function keepPdf({ page, language }, bytes, name) {
  if (!kept || scripts(page).off) return;
  const drawn = spawnSync('pdftoppm', ['-png', '-r', '80', '-f', '1', '-singlefile', '-'], { input: bytes });
  assert.equal(drawn.status, 0, String(drawn.error ?? drawn.stderr));
  await writeFile(join(kept, `${name}-${language}.webp`), await small(page, drawn.stdout));
}

/** A panel of the documents: fit for everybody, and its picture kept in the language it is read in. */
export async function shown({ page, look, language }, name) {
  await fitForEverybody(page, `${look}-${name}`);
  await keep(page, `${name}-${language}`);
}

/** Most bytes of a picture that is kept. */
const MOST = 60_000;

/** A picture in a few kilobytes: the browser that drew it packs it. */
async function small(page, png) {
  const table = await page.context().newPage();
  const packed = await table.evaluate(async ({ bytes, most }) => {
    const image = new Image();
    image.src = `data:image/png;base64,${bytes}`;
    await image.decode();
    const pack = ([scale, quality]) => {
      const [width, height] = [image.width, image.height].map((side) => Math.round(side * scale));
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      canvas.getContext('2d').drawImage(image, 0, 0, width, height);
      return canvas.toDataURL('image/webp', quality);
    };
    // Four signs hold three bytes.
    const fits = (packed) => packed.length < most * (4 / 3);
    const tries = [[1, 0.7], [1, 0.5], [1, 0.3], [0.75, 0.5], [0.75, 0.3], [0.5, 0.5]];
    return tries.reduce((best, next) => (best && fits(best) ? best : pack(next)), undefined);
  }, { bytes: png.toString('base64'), most: MOST });
  await table.close();
  return Buffer.from(packed.split(',')[1], 'base64');
}

async function picture(page, name) {
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}
