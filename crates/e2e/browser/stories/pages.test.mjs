// Every page there is a way to, as nobody, as a person whose computer found something, and as the operator.

import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { launch } from '../lib/browser.mjs';
import { folder, startAgent, startPortal } from '../lib/programs.mjs';
import { sampleFolder } from '../lib/sample.mjs';
import { everywhere } from '../walk/crawl.mjs';
import { fitForEverybody } from '../lib/look.mjs';
import * as people from '../walk/people.mjs';
import { WALKS, walker } from '../walk/persons.mjs';
import { comes } from '../walk/screen.mjs';

let browser, portal, agent, place;

const asks = async (key, path, init) => {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const answer = await fetch(`${portal.url}/api/v1${path}`, { headers, ...init });
  assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`);
  return answer;
};

before(async () => {
  browser = await launch();
  portal = await startPortal({ demo: true });
  const { api_key: key, workspace, enrolment_token: token } = portal.seed;
  agent = await startAgent({ portal: portal.url, token });
  place = await folder('pages');
  const sample = await sampleFolder(`${place}/sample`);
  await agent.command('scan', sample.path);
  await sample.put();
  await agent.command('scan', place);
  await comes('what was found is known', async () => {
    const held = await (await asks(key, `/workspaces/${workspace.id}/quarantine`)).json();
    return held.items.length === 2;
  });
});

after(async () => {
  await browser.close();
  await agent.stop();
  await portal.stop();
  await rm(place, { recursive: true, force: true });
});

for (const walk of WALKS) {
  test(`every page is fit for everybody (${walk.look})`, async () => {
    const { seed } = portal;
    for (const key of [seed.api_key, seed.operator_api_key]) {
      await asks(key, '/account/language', { method: 'PUT', body: JSON.stringify({ language: walk.language }) });
    }

    const nobody = await walker(browser, portal, walk);
    const outside = await everywhere(nobody, 'nobody', ['/sign-in', '/sign-up/sent', '/forgot-password/sent']);
    assert.ok(outside.length >= 6, `routes for nobody: ${outside.join(' ')}`);
    assert.equal((await nobody.page.goto('/nowhere')).status(), 404);
    await fitForEverybody(nobody.page, `${walk.look}-nowhere`);
    await nobody.close();

    const camille = await walker(browser, portal, walk);
    await people.signIn(camille, seed);
    const inside = await everywhere(camille, 'person', ['/workspaces']);
    assert.ok(inside.length >= 24, `routes for a person: ${inside.join(' ')}`);
    await camille.close();

    const operator = await walker(browser, portal, walk);
    await people.signIn(operator, { email: seed.operator_email, password: seed.operator_password });
    const above = await everywhere(operator, 'operator', ['/operator']);
    assert.ok(above.length >= 5, `routes for the operator: ${above.join(' ')}`);
    await operator.close();
  });
}
