// A portal that takes cards. Its provider is localstripe, which we did not write; the provider's script in the browser
// is a stand-in of ours, in `card-form`, that makes the provider the calls the real one makes.
//
// `REMPART_TEST_LOCALSTRIPE` says where localstripe listens; `cargo xtask test` sets it.

import { readFile } from 'node:fs/promises';

import { startPortal } from './programs.mjs';

const SCRIPTS = 'https://js.stripe.com';
const API = 'https://api.stripe.com';
const SECRET = 'whsec_stories';
const TYPES = { js: 'text/javascript', html: 'text/html' };

/** What a page with the card form may ask of others. */
export const hosts = [SCRIPTS, API];

/** A portal with the demo in it that takes cards and hears of what they pay. */
export async function startShop({ args = [] } = {}) {
  const provider = process.env.REMPART_TEST_LOCALSTRIPE;
  if (!provider) throw new Error('REMPART_TEST_LOCALSTRIPE is not set: where does localstripe listen?');
  const keys = ['--stripe-secret-key', 'sk_test_stories', '--stripe-publishable-key', 'pk_test_stories'];
  const shop = [...keys, '--stripe-webhook-secret', SECRET, '--stripe-api', provider];
  const portal = await startPortal({ demo: true, args: [...shop, ...args] });
  const hook = new URLSearchParams({ url: `${portal.url}/webhooks/stripe`, secret: SECRET });
  const heard = await fetch(`${provider}/_config/webhooks/stories`, { method: 'POST', body: hook });
  if (!heard.ok) throw new Error(`localstripe does not take a webhook: ${heard.status}`);
  return { ...portal, provider };
}

/** Answers what the card form asks: the script from here, the provider's calls from localstripe. */
export async function answerCardForm(context, provider) {
  await context.route(`${SCRIPTS}/**`, async (route) => {
    const name = new URL(route.request().url()).pathname.replace(/^\/v3\/$/, '/v3.js');
    const body = await readFile(new URL(`./card-form${name}`, import.meta.url));
    return route.fulfill({ body, contentType: TYPES[name.split('.').at(-1)] });
  });
  await context.route(`${API}/**`, async (route) => {
    const request = route.request();
    const { pathname, search } = new URL(request.url());
    const answer = await fetch(`${provider}${pathname}${search}`, {
      method: request.method(),
      headers: { 'content-type': request.headers()['content-type'] },
      body: request.postDataBuffer(),
    });
    const headers = { 'access-control-allow-origin': '*', 'content-type': 'application/json' };
    return route.fulfill({ status: answer.status, headers, body: await answer.text() });
  });
}
