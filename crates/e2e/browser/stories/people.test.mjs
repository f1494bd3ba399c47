// A person from signing up to a changed password, by the words on the screen.

import { after, before, test } from 'node:test';

import { launch } from '../lib/browser.mjs';
import { startPortal } from '../lib/programs.mjs';
import { words } from '../lib/words.mjs';
import * as people from '../walk/people.mjs';
import { WALKS, walker } from '../walk/persons.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

for (const walk of WALKS) {
  test(`a person signs up, leaves, forgets and comes back (${walk.look})`, async (t) => {
    const portal = await startPortal();
    t.after(() => portal.stop());
    const here = await walker(browser, portal, walk);
    const anais = { name: 'Anaïs Le Goff', email: 'anais@example.org', password: 'cheval pile agrafe exact' };
    await people.signUp(here, anais);
    await people.refusedAtTheDoor(here, anais);
    await people.signIn(here, anais);
    await people.putOffTheWorkspace(here);

    const elsewhere = await walker(browser, portal, walk);
    await people.signIn(elsewhere, anais);
    await people.endOtherSessions(here, elsewhere);
    await elsewhere.close();

    await people.chooseLanguage(here, 'en');
    await people.chooseLanguage({ ...here, w: words('en') }, walk.language);
    await people.signOut(here);
    await people.forget(here, anais, 'autre cheval pile agrafe');
    await people.signIn(here, { ...anais, password: 'autre cheval pile agrafe' });
    await people.changePassword(here, { password: 'autre cheval pile agrafe' }, 'encore une pile de chevaux');
    await here.close();
  });
}
