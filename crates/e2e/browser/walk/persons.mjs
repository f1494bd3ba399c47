// How each walk is walked: in which language, with or without script.

import { person } from '../lib/browser.mjs';
import { words } from '../lib/words.mjs';
import * as people from './people.mjs';

export const WALKS = [
  { look: 'fr', language: 'fr', script: true },
  { look: 'en', language: 'en', script: true },
  { look: 'fr-no-script', language: 'fr', script: false },
];

/** Somebody at this portal, walking this walk. */
export async function walker(browser, portal, { look, language, script }) {
  return { ...(await person(browser, { url: portal.url, language, script, provider: portal.provider })), portal, look, w: words(language) };
}

/** The demo's person at this portal, signed in and reading this walk's language. */
export async function camille(browser, portal, walk) {
  const here = await walker(browser, portal, walk);
  const { email, password } = portal.seed;
  await here.page.goto('/sign-in');
  await here.page.getByLabel(here.w.email).fill(email);
  await here.page.getByLabel(here.w.password, { exact: true }).fill(password);
  await here.page.getByRole('button', { name: here.w.signIn, exact: true }).click();
  await here.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  // Whatever the browser speaks, an account reads its own language, and the demo's reads French.
  if (walk.language !== 'fr') await people.chooseLanguage({ ...here, w: words('fr') }, walk.language);
  return here;
}
