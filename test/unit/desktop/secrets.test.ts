import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createSecrets } from '../../../electron/desktop/secrets.ts';
import { createFakeClock, settle } from '../../support/fake-clock.ts';

/** One call of the native module, which the test answers. */
interface Call {
  readonly kind: 'get' | 'set' | 'delete';
  readonly item: string;
  answer(value: string | boolean | null): void;
  refuse(error: unknown): void;
}

/** The keychain's native side, which stands still until the test lets it answer. */
function bench() {
  const clock = createFakeClock();
  const calls: Call[] = [];
  /** What was to be opened, and how it ends. */
  const openings: string[] = [];
  const place = {
    opens: Promise.resolve(true),
    answers: () => Promise.resolve(),
    end: new AbortController().signal,
  };
  const native =
    (kind: Call['kind']) =>
    (service: string, item: string): Promise<never> => {
      expect(service).toBe('Tally');
      return new Promise((resolve, reject) => {
        calls.push({ kind, item, answer: resolve as unknown as Call['answer'], refuse: reject });
      });
    };
  const keytar = { getPassword: native('get'), setPassword: native('set'), deletePassword: native('delete') };
  const secrets = createSecrets('Tally', clock, {
    loadKeytar: async () => keytar,
    async look() {
      await place.answers();
      return { locked: false, found: true };
    },
    open({ account }, to, end) {
      openings.push(`${to} ${account}`);
      place.end = end;
      return place.opens;
    },
  });
  const asked = () => calls.map(({ kind, item }) => `${kind} ${item}`);
  /** Lets the newest call answer. */
  const answer = async (value: string | boolean | null) => {
    calls.at(-1)?.answer(value);
    await settle();
  };
  return { clock, secrets, calls, asked, answer, openings, place };
}

const stillWaiting = {
  ok: false,
  error: {
    kind: 'keychain',
    action: 'unlock-keychain',
    what: 'The keychain hasn’t answered yet.',
  },
};

describe('the keychain', () => {
  const unable = 'Method SearchItems is not implemented on interface org.freedesktop.Secret.Service';
  it.each([
    ['where KWallet refuses the key of a session', 'Client public key size is invalid'],
    ['where GNOME Keyring had no session for who asks', unable],
  ])('is asked once more %s, and no more than once', async (_where, said) => {
    const { secrets, calls, asked, answer } = bench();
    const refuse = async () => {
      calls.at(-1)?.refuse(new Error(said));
      await settle();
    };
    const read = secrets.get('a');
    await settle();
    await refuse();
    await answer('kept');
    expect(await read).toEqual({ ok: true, value: 'kept' });
    const write = secrets.set('b', '1');
    await settle();
    await refuse();
    await refuse();
    expect(await write).toMatchObject({ ok: false, error: { kind: 'keychain', action: 'retry' } });
    expect(asked()).toEqual(['get a', 'get a', 'set b', 'set b']);
  });

  it('is looked at once more where GNOME Keyring had no session for who asks, and no more than once', async () => {
    const { secrets, place } = bench();
    const answers = [Promise.reject(new Error(unable)), Promise.resolve()];
    place.answers = () => answers.shift() ?? Promise.reject(new Error(unable));
    expect(await secrets.look('a')).toEqual({ ok: true, value: { locked: false, found: true } });
    expect(await secrets.look('a')).toMatchObject({
      ok: false,
      error: { kind: 'keychain', action: 'retry' },
    });
  });

  it('is asked one thing at a time, in order', async () => {
    const { secrets, asked, answer } = bench();
    const results = [secrets.set('a', '1'), secrets.get('a'), secrets.delete('a'), secrets.get('a')];
    await settle();
    expect(asked()).toEqual(['set a']);
    for (const value of [null, '1', true]) await answer(value);
    expect(asked()).toEqual(['set a', 'get a', 'delete a', 'get a']);
    expect(secrets.busy()).toBe(true);
    await answer(null);
    expect(await Promise.all(results)).toEqual([null, '1', null, null].map((value) => ({ ok: true, value })));
    expect(secrets.busy()).toBe(false);
  });

  it('goes on after a refusal', async () => {
    const { secrets, calls, answer } = bench();
    const results = Promise.all([secrets.set('a', '1'), secrets.set('a', '2')]);
    await settle();
    calls[0]?.refuse(new Error('Cannot create an item in a locked collection'));
    await settle();
    await answer(null);
    expect(await results).toMatchObject([{ ok: false }, { ok: true }]);
  });

  it('has a minute for each caller, from when it asks, however many wait before', async () => {
    const { clock, secrets, asked } = bench();
    const first = secrets.get('a');
    await clock.advance(40_000);
    const second = secrets.get('b');
    await clock.advance(20_000);
    expect(await first).toMatchObject(stillWaiting);
    await clock.advance(40_000);
    expect(await second).toMatchObject(stillWaiting);
    expect(asked()).toEqual(['get a']);
    expect(clock.pending()).toEqual([]);
  });

  it('still writes and deletes in order what its caller gave up on, and reads nothing that nobody waits for', async () => {
    const { clock, secrets, asked, answer } = bench();
    const calls = [secrets.get('a'), secrets.set('a', '1'), secrets.get('b'), secrets.delete('c')];
    await clock.advance(60_000);
    for (const result of await Promise.all(calls)) expect(result).toMatchObject(stillWaiting);
    const next = secrets.get('d');
    let isSettled = false;
    const settled = secrets.settled().then(() => {
      isSettled = true;
    });
    // The person unlocks.
    await answer('old');
    await answer(null);
    await answer(true);
    expect(isSettled).toBe(false);
    await answer('4');
    expect(asked()).toEqual(['get a', 'set a', 'delete c', 'get d']);
    expect(await next).toEqual({ ok: true, value: '4' });
    await settled;
    expect(secrets.busy()).toBe(false);
  });

  it('that is asked nothing is settled at once', async () => {
    await bench().secrets.settled();
  });
});

describe('the place of an item', () => {
  it('is opened before it is read or written, and not to delete', async () => {
    const { secrets, asked, answer, openings } = bench();
    const results = [secrets.get('a'), secrets.set('b', '1'), secrets.delete('c')];
    await settle();
    for (const value of ['1', null, true]) await answer(value);
    await Promise.all(results);
    expect(asked()).toEqual(['get a', 'set b', 'delete c']);
    expect(openings).toEqual(['read a', 'write b']);
  });

  it('that the person does not open is locked, and asked for once', async () => {
    const { secrets, asked, place } = bench();
    place.opens = Promise.resolve(false);
    const refused = { ok: false, error: { what: 'The keychain is locked.', action: 'unlock-keychain' } };
    expect(await secrets.get('a')).toMatchObject(refused);
    expect(await secrets.set('a', '1')).toMatchObject(refused);
    expect(asked()).toEqual([]);
  });
});

describe('at the end of the app', () => {
  it('a question that is open is taken back', async () => {
    const { secrets, asked, place } = bench();
    place.opens = new Promise((resolve) => {
      setImmediate(() => place.end.addEventListener('abort', () => resolve(false)));
    });
    const result = secrets.get('a');
    await settle();
    await secrets.close();
    expect(await result).toMatchObject({ ok: false });
    expect(asked()).toEqual([]);
    expect(secrets.busy()).toBe(false);
  });

  it('one that cannot be taken back is waited for no longer than a moment', async () => {
    const { clock, secrets } = bench();
    void secrets.get('a');
    await settle();
    const closed = secrets.close();
    await settle();
    await clock.advance(1_500);
    await closed;
    expect(secrets.busy()).toBe(true);
  });

  it('what is on its way is waited for, one after the other, and with a keychain that stands still', async () => {
    const { clock, secrets, answer, place } = bench();
    const results = [secrets.set('a', '1'), secrets.set('b', '2')];
    let isClosed = false;
    const closed = secrets.close().then(() => {
      isClosed = true;
    });
    await clock.advance(1_400);
    await answer(null);
    await clock.advance(1_400);
    expect(isClosed).toBe(false);
    await answer(null);
    await closed;
    expect(await Promise.all(results)).toMatchObject([{ ok: true }, { ok: true }]);

    place.answers = () => Promise.reject(new Error('The keychain stands still.'));
    const last = secrets.set('c', '3');
    await settle();
    isClosed = false;
    const end = secrets.close().then(() => {
      isClosed = true;
    });
    await clock.advance(10_000);
    expect(isClosed).toBe(false);
    await answer(null);
    await end;
    expect(await last).toMatchObject({ ok: true });
  });
});

describe('once the app ends', () => {
  it('nothing is asked any more, as the answer would come to a process that is half gone', async () => {
    const { secrets, asked, openings } = bench();
    expect(secrets.end()).toBe(true);
    for (const call of [secrets.get('a'), secrets.set('a', '1'), secrets.delete('a')]) {
      expect(await call).toMatchObject(stillWaiting);
    }
    expect([asked(), openings]).toEqual([[], []]);
    expect(secrets.end()).toBe(true);
  });

  it('a call that has begun counts as on its way until it is answered', async () => {
    const { secrets, answer } = bench();
    const result = secrets.delete('a');
    expect(secrets.end()).toBe(false);
    await settle();
    await answer(true);
    expect(await result).toMatchObject({ ok: true });
    expect(secrets.end()).toBe(true);
  });
});

describe('a refusal', () => {
  async function told(error: unknown) {
    const { secrets, calls } = bench();
    const result = secrets.set('a', 'SECRET');
    await settle();
    calls[0]?.refuse(error);
    const given = await result;
    if (given.ok) throw new Error('It was not refused');
    return given.error;
  }

  it.each([
    [
      'The name org.freedesktop.secrets was not provided by any .service files',
      'No keychain is running on this computer.',
      'retry',
    ],
    ['Could not connect: No such file or directory', 'The keychain couldn’t be reached.', 'retry'],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'The keychain couldn’t be reached.', 'retry'],
    ['connect ENOENT /nonexistent/bus', 'The keychain couldn’t be reached.', 'retry'],
    [
      'Message recipient disconnected from message bus without replying',
      'The keychain stopped while Tally asked it.',
      'retry',
    ],
    ['The connection is closed', 'The keychain couldn’t be reached.', 'retry'],
    [
      'libsecret-1.so.0: cannot open shared object file: No such file or directory',
      'The system’s keychain library is missing.',
      'retry',
    ],
    [
      'Failed to load keytar native addon, checked [/a, /b]',
      'The system’s keychain library is missing.',
      'retry',
    ],
    ['Cannot create an item in a locked collection', 'The keychain is locked.', 'unlock-keychain'],
    ['User interaction is not allowed.', 'The keychain is locked.', 'unlock-keychain'],
    ['Unlock prompt was dismissed', 'The keychain didn’t let Tally in.', 'unlock-keychain'],
    ['User canceled the operation.', 'The keychain didn’t let Tally in.', 'unlock-keychain'],
  ])('%j is told in plain words with what helps', async (message, what, action) => {
    const error = await told(new Error(message));
    expect(error).toMatchObject({ kind: 'keychain', what, action });
    expect(error.why).toEqual(expect.any(String));
  });

  it('of another kind is told in the system’s words, shortened', async () => {
    const error = await told(new Error(`Strange. ${'x'.repeat(500)}`));
    expect(error).toMatchObject({ kind: 'keychain', action: 'retry' });
    expect(error.why).toMatch(/^It says: “Strange\. x{190,191}”\.$/);
    expect(await told('not even an error')).not.toHaveProperty('why');
  });

  it('comes from the real module too, where there is no session bus', () => {
    const code = `
      import { createSecrets } from './electron/desktop/secrets.ts';
      const clock = { now: Date.now, setTimeout: () => () => {} };
      const secrets = createSecrets('Tally test', clock);
      console.log(JSON.stringify([await secrets.set('a', 'SECRET'), await secrets.get('a')]));
    `;
    // A process of its own: the module reads the real environment, and must not find a person's keychain there.
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' },
    });
    const refused = { ok: false, error: { kind: 'keychain', action: 'retry' } };
    expect(JSON.parse(stdout)).toMatchObject([refused, refused]);
    expect(stdout).not.toContain('SECRET');
  });
});
