import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { call, connectBus, daemon } from '../desktop/bus.ts';

const run = promisify(execFile);

/** GNOME's window in which the keyring asks for its password, on the test's own bus and display. */
export interface Prompter {
  /** How many questions are open. */
  questions(): Promise<number>;
  /** Answers the question with the password. */
  answer(password: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startPrompter(): Promise<Prompter> {
  let running = true;
  let program = start();

  function start() {
    const child = spawn('/usr/libexec/gcr-prompter', { stdio: 'ignore' });
    // It ends when nobody has asked for some seconds, and a desktop's bus starts it again.
    child.once('exit', () => {
      if (running) program = start();
    });
    return child;
  }

  /** Windows with a question. */
  async function windows(): Promise<string[]> {
    // It fails where there is none.
    const args = ['search', '--onlyvisible', '--class', 'gcr-prompter'];
    const found = await run('xdotool', args).catch(() => ({ stdout: '' }));
    return found.stdout.split('\n').filter(Boolean);
  }

  const bus = await connectBus();
  const owner = {
    ...daemon,
    member: 'GetNameOwner',
    signature: 's',
    body: ['org.gnome.keyring.SystemPrompter'],
  };
  await expect.poll(() => call(bus, owner).catch(() => []), 'the prompter is there').toHaveLength(1);
  bus.disconnect();
  return {
    questions: async () => (await windows()).length,
    async answer(password) {
      await run('xdotool', ['windowfocus', '--sync', String((await windows())[0])]);
      await run('xdotool', ['type', password]);
      await run('xdotool', ['key', 'Return']);
      await expect.poll(windows).toEqual([]);
    },
    async stop() {
      running = false;
      const ended = once(program, 'exit');
      program.kill('SIGKILL');
      await ended;
    },
  };
}
