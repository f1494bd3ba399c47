import { readFile } from 'node:fs/promises';
import { launch } from './lib/browser.mjs';
import { seriousFindings, scrollsSideways } from './lib/look.mjs';
const seed = JSON.parse(await readFile('/tmp/E/data/demo.json', 'utf8'));
const [,, name, path, looks = 'fr-1440-light,fr-360-dark', full = 'full', who = 'person'] = process.argv;
const browser = await launch();
for (const look of looks.split(',')) {
  const [lang, width, scheme] = look.split('-');
  const ctx = await browser.newContext({ baseURL: 'http://127.0.0.1:4181', locale: lang, viewport: { width: +width, height: +width < 500 ? 780 : 900 }, colorScheme: scheme, reducedMotion: 'reduce' });
  const page = await ctx.newPage();
  await page.goto('/sign-in');
  await page.fill('#email', who === 'person' ? seed.email : seed.operator_email); await page.fill('#password', who === 'person' ? seed.password : seed.operator_password); await page.keyboard.press('Enter'); await page.waitForURL(/(workspaces|licences|operator|account)/);
  await ctx.request.post('/account/language', { form: { language: lang }, headers: { 'sec-fetch-site': 'same-origin' } });
  await page.goto(path.replaceAll('{w}', seed.workspace.id));
  const found = await seriousFindings(page); if (found.length) console.log(look, found.join('\n'));
  if (await scrollsSideways(page)) console.log(look, 'SCROLLS SIDEWAYS');
  await page.screenshot({ path: `/tmp/E/${name}-${look}.png`, fullPage: full === 'full' });
  await ctx.close();
}
await browser.close();
