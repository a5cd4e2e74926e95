import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFile, readListing } from '../../../../electron/core/backgrounds/list.ts';
import { readBackgrounds, storeBackgrounds } from '../../../../electron/core/backgrounds/stored.ts';

const settings = (found: unknown, more = {}) => ({
  in_meeting: { virtual_background_settings: found, ...more },
});

describe('Zoom’s list of backgrounds', () => {
  it('is read with sizes as numbers or texts, and without files that have no id', () => {
    const files = [
      { id: 'a', name: 'Sea.png', size: 5, type: 'image', is_default: false },
      { id: 'b', name: 'Clip.mp4', size: '70', type: 'video', is_default: true },
      { id: 'c' },
      { name: 'nameless' },
      null,
      'text',
    ];
    expect(readListing(settings({ files }))?.files).toEqual([
      { id: 'a', name: 'Sea.png', bytes: 5, type: 'image', isDefault: false },
      { id: 'b', name: 'Clip.mp4', bytes: 70, type: 'video', isDefault: true },
      { id: 'c', name: '', bytes: 0, type: 'image', isDefault: false },
    ]);
  });

  it('is unknown, not empty, where the settings are missing', () => {
    for (const odd of [undefined, null, [], {}, { in_meeting: null }, settings(undefined), settings([])]) {
      expect(readListing(odd)).toBeUndefined();
    }
    expect(readListing(settings({}))?.files).toEqual([]);
    expect(readListing(settings({}), false)).toBeUndefined();
    expect(readListing(settings({ files: [] }), false)?.files).toEqual([]);
  });

  it('tells what is switched off', () => {
    const all = { enabled: true, upload: true, videos: true };
    expect(readListing(settings({}))?.allowed).toEqual(all);
    expect(readListing(settings({ enable: false }))?.allowed).toEqual({ ...all, enabled: false });
    expect(readListing(settings({}, { virtual_background: false }))?.allowed.enabled).toBe(false);
    const off = { allow_upload_custom: false, allow_videos: false };
    expect(readListing(settings(off))?.allowed).toEqual({ enabled: true, upload: false, videos: false });
  });

  it('never throws and never lists an id twice', () => {
    fc.assert(
      fc.property(fc.anything(), fc.array(fc.anything()), (odd, files) => {
        readListing(odd);
        readFile(odd);
        const ids = (readListing(settings({ files: [...files, { id: 'x' }, { id: 'x' }] }))?.files ?? []).map(
          (file) => file.id,
        );
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).toContain('x');
      }),
    );
  });
});

describe('what is stored of backgrounds', () => {
  const sha = 'a'.repeat(64);

  it('comes back as it was, whatever ids Zoom makes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 60 }), { maxLength: 20 }), (ids) => {
        // JSON.parse makes `__proto__` an own key, which zod drops.
        const contents = new Map(ids.filter((id) => id !== '__proto__').map((id) => [id, sha]));
        for (const sendsAll of [false, true]) {
          const json: unknown = JSON.parse(JSON.stringify(storeBackgrounds({ contents, sendsAll })));
          expect(readBackgrounds(json)).toEqual({ ok: true, contents, sendsAll });
        }
      }),
    );
  });

  it('is a first start when there is nothing, and reset when it is anything else', () => {
    expect(readBackgrounds(undefined)).toEqual({ ok: true, contents: new Map(), sendsAll: false });
    for (const odd of [
      null,
      5,
      [],
      {},
      { contents: [] },
      { contents: { a: 'short' } },
      { contents: { a: 1 } },
    ]) {
      expect(readBackgrounds(odd)).toEqual({ ok: false, contents: new Map(), sendsAll: false });
    }
    fc.assert(fc.property(fc.anything(), (odd) => void readBackgrounds(odd)));
  });
});
