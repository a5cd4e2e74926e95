import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { compositor, onWayland } from '../../../electron/desktop/wayland-clipboard.ts';
import { tempFolders } from '../../support/temp-folder.ts';

const tempFolder = tempFolders();
const { PATH } = process.env;
afterEach(() => {
  process.env.PATH = PATH;
});

interface Manners {
  /** An older version does not know how to mark a secret. */
  readonly marks?: boolean;
  /** The compositor lets nobody in. */
  readonly refuses?: boolean;
}

/** A compositor's clipboards as files, with programs in front of them that take the words of wl-copy and wl-paste. */
function wlClipboard({ marks = false, refuses = false }: Manners = {}) {
  const folder = tempFolder();
  const program = (name: string, text: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  const board = `case " $* " in *" --primary "*) file='${folder}/primary' ;; *) file='${folder}/main' ;; esac`;
  program(
    'wl-copy',
    `${board}
case " $* " in *" --sensitive "*) ${marks ? `touch '${folder}/marked'` : 'exit 1'} ;; esac
${refuses ? 'exit 1' : ''}
case " $* " in *" --clear "*) rm -f "$file" ;; *) cat >"$file" ;; esac`,
  );
  program(
    'wl-paste',
    `case "$1" in --version) exit 0 ;; esac
${board}
[ -e "$file" ] || exit 1
cat "$file"`,
  );
  process.env.PATH = `${folder}:${PATH}`;
  const path = (name: string) => join(folder, name);
  return {
    has: (name: string) => (existsSync(path(name)) ? readFileSync(path(name), 'utf8') : undefined),
    somebodyCopies: (text: string) => writeFileSync(path('main'), text),
  };
}

test.each([
  [{ XDG_SESSION_TYPE: 'wayland' }, true],
  [{ WAYLAND_DISPLAY: 'wayland-0' }, true],
  [{ XDG_SESSION_TYPE: 'x11', WAYLAND_DISPLAY: '' }, false],
  [{}, false],
])('%j: Wayland %s', (env, is) => {
  expect(onWayland(env)).toBe(is);
});

test('a text goes into both selections, and counts as copied once the compositor has it', async () => {
  const { has } = wlClipboard();
  expect(await compositor.isThere()).toBe(true);
  expect(await compositor.write('a secret\n')).toBe(true);
  expect([has('main'), has('primary'), has('marked')]).toEqual(['a secret\n', 'a secret\n', undefined]);
});

test('a version that can mark a secret does', async () => {
  const { has } = wlClipboard({ marks: true });
  expect(await compositor.write('a secret')).toBe(true);
  expect(has('marked')).toBe('');
});

test('what the compositor refuses is not said to be copied', async () => {
  const { somebodyCopies } = wlClipboard({ refuses: true });
  somebodyCopies('milk');
  expect(await compositor.write('a secret')).toBe(false);
  expect(await compositor.read()).toBe('milk');
});

test('it is taken back by its text, and what somebody copied since is left', async () => {
  const { has, somebodyCopies } = wlClipboard();
  await compositor.write('a secret');
  expect(await compositor.clear((text) => text === 'a secret')).toBe('cleared');
  expect([has('main'), has('primary')]).toEqual([undefined, undefined]);
  await compositor.write('a secret');
  somebodyCopies('milk');
  expect(await compositor.clear((text) => text === 'a secret')).toBe('left');
  expect([has('main'), has('primary')]).toEqual(['milk', undefined]);
});

test('without the programs nothing is copied, and nothing breaks', async () => {
  process.env.PATH = tempFolder();
  expect([await compositor.isThere(), await compositor.write('a secret'), await compositor.read()]).toEqual([
    false,
    false,
    undefined,
  ]);
});
