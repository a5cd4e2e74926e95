import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepPasted } from '../../../../electron/desktop/media/pasted.ts';
import { tempFolders } from '../../../support/temp-folder.ts';

const folderOf = tempFolders();

describe('what was pasted or dropped', () => {
  it('keeps the path it has, or gets one', async () => {
    const pasted = keepPasted(join(folderOf(), 'pasted'));
    const bytes = new Uint8Array([1, 2, 3]);
    const { paths, problem } = await pasted.take([{ path: '/home/me/a.png' }, { name: 'image.png', bytes }]);
    expect(problem).toBeUndefined();
    expect(paths[0]).toBe('/home/me/a.png');
    expect(basename(paths[1] ?? '')).toBe('image.png');
    expect(new Uint8Array(readFileSync(paths[1] ?? ''))).toEqual(bytes);
  });

  it.skipIf(process.platform === 'win32')('can be read by nobody else, whatever the umask is', async () => {
    const former = process.umask(0);
    try {
      const pasted = keepPasted(join(folderOf(), 'pasted'));
      const { paths } = await pasted.take([{ name: 'image.png', bytes: new Uint8Array([1]) }]);
      const [path = ''] = paths;
      expect([path, dirname(path)].map((one) => statSync(one).mode & 0o777)).toEqual([0o600, 0o700]);
    } finally {
      process.umask(former);
    }
  });

  it('is told where it has neither path nor bytes, and why where its name was lost', async () => {
    const pasted = keepPasted(join(folderOf(), 'pasted'));
    expect(await pasted.take([{ path: '/a.png' }, { name: 'large.png' }])).toMatchObject({
      paths: ['/a.png'],
      problem: { what: expect.stringMatching(/too large or can’t be read/) },
    });
    expect(await pasted.take([{ name: '', bytes: new Uint8Array() }, { path: '/a.png' }])).toMatchObject({
      paths: ['/a.png'],
      problem: { what: expect.stringMatching(/isn’t written in UTF-8.*Rename it/) },
    });
  });
});
