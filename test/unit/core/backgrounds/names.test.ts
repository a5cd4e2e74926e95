import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprint } from '../../../../electron/core/backgrounds/fingerprint.ts';
import { isNamedRight, uploadName } from '../../../../electron/core/backgrounds/upload-name.ts';
import { disk } from '../../../../electron/desktop/files/disk.ts';
import type { MediaKind } from '../../../../shared/media.ts';
import { tempFolders } from '../../../support/temp-folder.ts';

const folderOf = tempFolders();

describe('the name a file is sent under', () => {
  it.each<[path: string, kind: MediaKind, name: string]>([
    ['/home/me/beach.jpg', 'jpeg', 'beach.jpg'],
    ['C:\\Users\\me\\beach.JPEG', 'jpeg', 'beach.jpeg'],
    ['beach.png', 'jpeg', 'beach.jpg'],
    ['beach.final', 'png', 'beach.final.png'],
    ['beach', 'gif', 'beach.gif'],
    ['beach.m4v', 'mp4', 'beach.mp4'],
    ['beach.jpg.mov', 'mov', 'beach.jpg.mov'],
    ['a\r\nb\0c\u202egpj.png', 'png', 'abcgpj.png'],
    ['a\u061cb\u200bc\u2060d\u00ade.png', 'png', 'abcde.png'],
    ['نام\u200cها 👨\u200d👩\u200d👧.png', 'png', 'نام\u200cها 👨\u200d👩\u200d👧.png'],
    ['.png', 'png', 'picture.png'],
    ['...', 'mov', 'video.mov'],
    ['', 'jpeg', 'picture.jpg'],
    ['../../etc/passwd', 'png', 'passwd.png'],
    ['Straße am Meer 🌊.gif', 'gif', 'Straße am Meer 🌊.gif'],
    ['cafe\u0301.png', 'png', 'café.png'],
    [`${'🌊'.repeat(200)}.png`, 'png', `${'🌊'.repeat(100)}.png`],
  ])('%j as %s is %j', (path, kind, name) => {
    expect(uploadName(path, kind)).toBe(name);
  });

  it('is short, visible, without folders and rightly named for any path', () => {
    const kinds = fc.constantFrom<MediaKind>('jpeg', 'png', 'gif', 'mp4', 'mov');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), kinds, (path, kind) => {
        const name = uploadName(path, kind);
        expect(name).not.toMatch(/[/\\\p{Cc}\p{Cs}]/u);
        expect(Array.from(name).length).toBeLessThanOrEqual(105);
        expect(isNamedRight(name, kind)).toBe(true);
        expect(name).toMatch(/^[^.\s].*\./su);
        expect(uploadName(name, kind)).toBe(name);
      }),
    );
  });
});

describe('a fingerprint', () => {
  it('is of the content and tells the state of the file', async () => {
    const path = join(folderOf(), 'a.png');
    const content = Buffer.alloc(700_001, 7);
    writeFileSync(path, content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect(await fingerprint(disk, path)).toEqual({ sha256, size: 700_001, mtimeMs: expect.any(Number) });
  });

  it('says why there is none', async () => {
    const folder = folderOf();
    mkdirSync(join(folder, 'inner'));
    const code = (path: string, signal?: AbortSignal) =>
      fingerprint(disk, path, signal).then(
        () => 'made',
        (error) => error.problem.code,
      );
    expect(await code(join(folder, 'gone'))).toBe('missing');
    expect(await code(join(folder, 'inner'))).toBe('folder');
    expect(await code('/dev/zero')).toBe('not-a-file');
    writeFileSync(join(folder, 'a'), 'a');
    expect(await code(join(folder, 'a'), AbortSignal.abort())).toBe('cancelled');
  });

  it('is not given of a file that grows meanwhile', async () => {
    const path = join(folderOf(), 'a.png');
    writeFileSync(path, Buffer.alloc(600_000));
    let settled = false;
    const code = fingerprint(disk, path).then(
      () => 'made',
      (error) => error.problem.code,
    );
    void code.finally(() => {
      settled = true;
    });
    while (!settled) {
      appendFileSync(path, 'x');
      await new Promise(setImmediate);
    }
    expect(await code).toBe('changed');
  });
});
