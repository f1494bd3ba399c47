// Going everywhere a person can go by links and by forms that only ask.

import assert from 'node:assert/strict';

import { fitForEverybody } from '../lib/look.mjs';

const ID = /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

/** The route behind an address, and the names of what is asked of it. */
const shape = (address) => {
  const { pathname, searchParams } = new URL(address);
  const route = pathname.replace(ID, ':id');
  return { route, asked: [...new Set(searchParams.keys())].filter((name) => name !== 'said').sort().join('&') };
};

/** Addresses that the page leads to: its links, and its asking forms with each of their buttons, a first box ticked. */
function addresses() {
  const links = [...document.querySelectorAll('a[href]')].map(({ href }) => href);
  const forms = [...document.forms].filter(({ method }) => method === 'get');
  const asked = forms.flatMap((form) => {
    const buttons = [...form.querySelectorAll('button:not([type=button])')];
    return buttons.map((button) => {
      const data = new FormData(form);
      if (button.name) data.append(button.name, button.value);
      const box = form.querySelector('input[type=checkbox]');
      if (box && !data.has(box.name)) data.append(box.name, box.value);
      // Not `form.action`: a field may have that name.
      const action = button.getAttribute('formaction') ?? form.getAttribute('action') ?? '';
      return new URL(`${action}?${new URLSearchParams(data)}`, document.baseURI).href;
    });
  });
  return [...links, ...asked];
}

/**
 * Goes everywhere from here. Each route is looked at once, and opened once more for each set of things asked of it.
 * Gives the routes, sorted.
 */
export async function everywhere({ page, portal, look, language }, who, start) {
  const waiting = start.map((path) => new URL(path, portal.url).href);
  const [opened, routes] = [new Set(), new Set()];
  while (waiting.length > 0) {
    const address = waiting.shift();
    if (new URL(address).origin !== portal.url) continue;
    // Published for programs, not pages.
    if (new URL(address).pathname.startsWith('/.well-known/')) continue;
    const { route, asked } = shape(address);
    if (opened.has(`${route}?${asked}`)) continue;
    opened.add(`${route}?${asked}`);
    const answer = await page.goto(address);
    assert.equal(answer.status(), 200, `${who}, ${look}: ${address}`);
    assert.equal(await page.locator('html').getAttribute('lang'), language, address);
    assert.equal(await page.locator('h1').count(), 1, `one title: ${address}`);
    const here = shape(page.url()).route;
    if (!routes.has(here)) {
      await fitForEverybody(page, `${look}-${who}${here.replaceAll(':', '').replaceAll('/', '-')}`);
    }
    routes.add(here);
    waiting.push(...(await page.evaluate(addresses)));
  }
  return [...routes].sort();
}
