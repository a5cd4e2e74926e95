import { join } from 'node:path';
import type { Media } from '../../electron/core/ports.ts';
import { disk } from '../../electron/desktop/files/disk.ts';
import { openLibraries } from '../../electron/desktop/library/store.ts';

/** A computer that opens no picture and keeps no copy; the library is a real one. */
export function blindMedia(folder: string): Media {
  const libraries = openLibraries(join(folder, 'library'), disk);
  return {
    codec: { open: async () => null },
    videos: { look: async () => null, frame: async () => null, make: async () => null },
    copies: () => ({ put: async () => false, has: () => false, path: (sha256) => sha256 }),
    forget() {},
    library: libraries.of,
    forgetLibrary: (key) => void libraries.forget(key),
    online: () => () => {},
    uploads() {},
  };
}
