// One Chromium for a story file, and contexts in it that notice what no page of ours may do.

import assert from 'node:assert/strict';

import { chromium } from 'playwright-core';

import { answerCardForm, hosts } from './payments.mjs';
import { turnOff } from './script.mjs';

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the system's Chromium. As root it cannot have its sandbox; it only ever opens pages of ours. */
export const launch = () =>
  chromium.launch({
    executablePath: process.env.REMPART_CHROMIUM ?? '/usr/bin/chromium',
    args: process.getuid() === 0 ? [...FLAGS, '--no-sandbox'] : FLAGS,
  });

/**
 * A person at the portal: their language, with or without script. `close()` fails when a page asked another host for
 * something, broke its own content security policy, or threw. Where a `provider` takes cards, its hosts may be asked.
 */
export async function person(browser, { url, language = 'fr', script = true, provider } = {}) {
  const context = await browser.newContext({
    baseURL: url,
    locale: language === 'fr' ? 'fr-FR' : 'en-GB',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(5_000);
  const page = await context.newPage();
  if (!script) await turnOff(page);
  if (provider) await answerCardForm(context, provider);
  const faults = [];
  if (url) {
    const known = [new URL(url).origin, ...(provider ? hosts : [])];
    page.on('request', (request) => {
      if (!known.includes(new URL(request.url()).origin)) faults.push(`asked another host: ${request.url()}`);
    });
  }
  page.on('pageerror', (error) => faults.push(`threw: ${error.message}`));
  page.on('console', (message) => {
    const refused = /Content Security Policy|Refused to/.test(message.text());
    if (refused) faults.push(`broke its policy: ${message.text()}`);
  });
  const close = async () => {
    await context.close();
    assert.deepEqual(faults, [], 'what no page may do');
  };
  return { page, context, language, script, close };
}
