// Steps of the walk about computers: the command, the real agent, seats, tokens, leaving.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { fitForEverybody } from '../lib/look.mjs';
import { agentOf } from '../lib/programs.mjs';
import { appears, says } from './screen.mjs';

/** "Télécharger et installer la protection": gives the command it shows, good for so many computers. */
export async function getCommand(person, limit) {
  const { page, w, look } = person;
  await page.getByRole('link', { name: w.devices, exact: true }).first().click();
  await page.getByRole('link', { name: w.addDevice }).first().click();
  await page.getByRole('heading', { name: w.installProtection }).waitFor();
  await page.getByLabel(w.limit).fill(String(limit));
  await page.getByRole('button', { name: w.getCommand }).click();
  const command = await page.getByLabel(w.theCommand).textContent();
  await fitForEverybody(page, `${look}-device-command`);
  return command;
}

/** The command enrols this very computer, and the agent goes on running. */
export async function enrol({ w, language }, command, folder, workspace) {
  const agent = await agentOf(command, { lang: language, state: join(folder, 'first') });
  assert.equal(agent.enrolled.code, 0, agent.enrolled.said);
  says(agent.enrolled, w.agentEnrolled(workspace));
  return agent.run();
}

/** Somebody with this command is turned away, told why, and left as they were. */
export async function isTurnedAway({ w, language }, command, folder, why) {
  const agent = await agentOf(command, { lang: language, state: join(folder, 'second') });
  assert.equal(agent.enrolled.code, 3, agent.enrolled.said);
  says(agent.enrolled, why);
  says(agent.enrolled, w.agentNothingChanged);
}

/** It is in the list: name, system, version, state; and its page tells its health. */
export async function isListed(person, agent) {
  const { page, w } = person;
  await page.getByRole('link', { name: w.devices, exact: true }).first().click();
  const row = page.getByRole('row', { name: hostname() });
  await appears(person, row.getByText(w.protected, { exact: true }));
  const system = readFileSync('/etc/os-release', 'utf8').match(/^PRETTY_NAME="?([^"\n]*)/m)[1];
  const version = (await agent.command('--version')).said.trim().split(' ').at(-1);
  for (const fact of [system, version]) await row.getByText(fact).first().waitFor();
  await page.getByText(w.seatsTaken(1, 1)).waitFor();
  assert.equal(await page.getByRole('row').count(), 2, 'a heading and one computer');
  await row.getByRole('link', { name: hostname() }).click();
  await page.getByRole('region', { name: w.health }).getByRole('listitem').first().waitFor();
}

/** A command that was given can be taken back: the first of those still good, told apart by its end. */
export async function revoke({ page, w }, command) {
  const end = command.match(/--token (\S+)/)[1].slice(-4);
  await page.getByRole('link', { name: w.devices, exact: true }).first().click();
  await page.getByRole('link', { name: w.addDevice }).first().click();
  await page.getByRole('row', { name: end }).getByRole('button', { name: w.revoke }).click();
  await page.getByText(w.tokenRevoked).waitFor();
}

/** A computer that leaves frees its seat, and is not listened to any more. */
export async function retire({ page, w }, agent) {
  await page.getByRole('link', { name: w.devices, exact: true }).first().click();
  await page.getByRole('link', { name: hostname() }).click();
  await page.getByRole('link', { name: w.retire }).click();
  await page.getByRole('button', { name: w.retireDevice }).click();
  await page.getByText(w.deviceRetired).waitFor();
  await page.getByRole('link', { name: w.devices, exact: true }).first().click();
  await page.getByText(w.seatsTaken(0, 1)).waitFor();
  await agent.stop();
  const again = await agent.command('run', '--once');
  assert.equal(again.code, 3, again.said);
  says(again, w.agentRetired);
}
