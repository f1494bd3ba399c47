// The two programs, each in a folder of its own that is gone afterwards.
//
// `REMPART_BIN` says where they were built; `cargo xtask test` sets it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const root = new URL('../../../../', import.meta.url).pathname;
const programs = process.env.REMPART_BIN ?? join(root, 'target/debug');

/** A folder for one story. */
export const folder = (name) => mkdtemp(join(tmpdir(), `rempart-${name}-`));

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Starts a program and keeps what it says, to be shown when it dies too early. */
function start(program, args) {
  const child = spawn(join(programs, program), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const exited = new Promise((resolve, reject) => {
    child.once('exit', (code, signal) => resolve(code ?? signal));
    child.once('error', reject);
  });
  const stop = async () => {
    child.kill('SIGTERM');
    return exited;
  };
  return { child, exited, stop, said: () => said };
}

/** Runs a program to its end. */
export async function run(program, args) {
  const { exited, said } = start(program, args);
  return { code: await exited, said: said() };
}

/** Asks until `answer` gives something, or the process ends, or the time is over. */
async function until(what, process, answer, milliseconds = 10_000) {
  const ended = { ended: true };
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const given = await Promise.race([answer().catch(() => undefined), process.exited.then(() => ended)]);
    if (given === ended) throw new Error(`${what}: the program ended.\n${process.said()}`);
    if (given) return given;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${milliseconds} ms.\n${process.said()}`);
    await pause(20);
  }
}

/**
 * A portal, ready. With `demo` it holds what `DIR/demo.json` tells: an account, an operator, licences, a workspace.
 */
export async function startPortal({ demo = false, args = [] } = {}) {
  const data = await folder('portal');
  const url = `http://127.0.0.1:${await freePort()}`;
  const flags = ['serve', '--data', data, '--listen', url.slice('http://'.length), ...(demo ? ['--demo'] : []), ...args];
  const program = start('rempart', flags);
  await until('the portal is ready', program, async () => (await fetch(`${url}/readyz`)).ok);
  const seed = demo ? JSON.parse(await readFile(join(data, 'demo.json'), 'utf8')) : undefined;
  const stop = async () => {
    const code = await program.stop();
    await rm(data, { recursive: true, force: true });
    return code;
  };
  return { url, data, seed, said: program.said, stop };
}

/**
 * The command that *Download and install protection* shows, run to the letter; only the folder and the language are ours.
 * Gives how enrolling ended, and `run()` to go on as the command does.
 */
export async function agentOf(command, { lang = 'en', state }) {
  const ours = ['--state', state, '--lang', lang];
  const [enrol, then] = command.trim().split(' && ').map((line) => line.split(' '));
  assert.deepEqual([enrol[0], then], ['rempart-agent', ['rempart-agent', 'run']], command);
  const enrolled = await run('rempart-agent', [...enrol.slice(1), ...ours]);
  const agent = {
    state,
    enrolled,
    /** Any other command of the same agent, to its end. */
    command: (...args) => run('rempart-agent', [...args, ...ours]),
    run() {
      const program = start('rempart-agent', [...then.slice(1), ...ours]);
      return Object.assign(agent, { stop: program.stop, exited: program.exited, said: program.said });
    },
  };
  return agent;
}

/** An agent enrolled with a token and running. */
export async function startAgent({ portal, token }) {
  const state = await folder('agent');
  const command = `rempart-agent enrol --portal ${portal} --token ${token} && rempart-agent run`;
  const agent = await agentOf(command, { state });
  if (agent.enrolled.code !== 0) throw new Error(`the agent did not enrol:\n${agent.enrolled.said}`);
  agent.run();
  const stop = async () => {
    const code = await agent.stop();
    await rm(state, { recursive: true, force: true });
    return code;
  };
  return { ...agent, stop };
}
