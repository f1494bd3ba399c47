// The frame itself: what the other stories lean on can fail.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launch, person } from '../lib/browser.mjs';
import { fitForEverybody, scrollsSideways, seriousFindings } from '../lib/look.mjs';
import { languages, words } from '../lib/words.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const page = (body) => `<!doctype html><html lang="fr"><head><title>t</title></head><body><main>${body}</main></body></html>`;

async function shown(body, options) {
  const visitor = await person(browser, options);
  await visitor.page.setContent(page(body));
  return visitor;
}

test('a page in order has no serious finding', async () => {
  const visitor = await shown('<h1>Bonjour</h1><label>Nom <input></label>');
  await fitForEverybody(visitor.page, 'frame');
  await visitor.close();
});

test('a field without a label is found', async () => {
  const visitor = await shown('<h1>Bonjour</h1><input>');
  assert.match((await seriousFindings(visitor.page)).join(), /label/);
  await visitor.close();
});

test('pale text is found where script is off too', async () => {
  const visitor = await shown('<h1>Bonjour</h1><p style="color:#ccc;background:#fff">pâle</p>', { script: false });
  assert.match((await seriousFindings(visitor.page)).join(), /color-contrast/);
  await visitor.close();
});

test('white text on white is found', async () => {
  const visitor = await shown('<h1>Bonjour</h1><p style="color:#fff;background:#fff">invisible</p>');
  assert.match((await seriousFindings(visitor.page)).join(), /color-contrast/);
  await visitor.close();
});

test('with script off no script of the page runs', async () => {
  const visitor = await shown('<h1>Avant</h1><script>document.querySelector("h1").textContent = "Après"</script>', { script: false });
  assert.equal(await visitor.page.getByRole('heading').textContent(), 'Avant');
  await visitor.close();
});

test('a page wider than its window is found', async () => {
  const visitor = await shown('<h1>Bonjour</h1><div style="width:2000px">large</div>');
  assert.equal(await scrollsSideways(visitor.page), true);
  await visitor.close();
});

test('asking another host fails the person who did', async () => {
  const visitor = await shown('<h1>Bonjour</h1><img alt="" src="http://127.0.0.1:9/x.png">', { url: 'http://127.0.0.1:1' });
  await assert.rejects(visitor.close(), /another host/);
});

test('both languages have the same words to say', () => {
  assert.deepEqual(Object.keys(languages.en), Object.keys(languages.fr));
  assert.throws(() => words('fr').nothing, /no word for nothing/);
});
