// How each walk is walked: in which language, with or without script.

import { person } from '../lib/browser.mjs';
import { words } from '../lib/words.mjs';

export const WALKS = [
  { look: 'fr', language: 'fr', script: true },
  { look: 'en', language: 'en', script: true },
  { look: 'fr-no-script', language: 'fr', script: false },
];

/** Somebody at this portal, walking this walk. */
export async function walker(browser, portal, { look, language, script }) {
  return { ...(await person(browser, { url: portal.url, language, script })), portal, look, w: words(language) };
}
