import { join } from 'node:path';
import type { Media } from '../../electron/core/ports.ts';
import { disk } from '../../electron/desktop/files/disk.ts';
import { openLibraries } from '../../electron/desktop/library/store.ts';
import { openCopies } from '../../electron/desktop/media/copies.ts';

/** The copies and libraries of real files in a folder, with nothing that opens pictures. */
export function mediaIn(folder: string): Media {
  const copies = openCopies(join(folder, 'copies'), () => 1, disk);
  const libraries = openLibraries(join(folder, 'library'), disk);
  return {
    codec: { open: async () => null },
    videos: { look: async () => null, frame: async () => null, make: async () => null },
    copies: copies.of,
    forget: (key) => void copies.forget(key),
    library: libraries.of,
    forgetLibrary: (key) => void libraries.forget(key),
    online: () => () => {},
    uploads() {},
  };
}
