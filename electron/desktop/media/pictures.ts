import { join } from 'node:path';
import { app, nativeImage } from 'electron';
import type { Handlers } from '../../../shared/ipc/channels.ts';
import { dialogs as t } from '../../../shared/words/en/dialogs.ts';
import { createBatches } from '../../core/backgrounds/batches.ts';
import type { Disk, Media } from '../../core/ports.ts';
import type { Tally } from '../../core/tally.ts';
import { clock } from '../clock.ts';
import { chooseOpen } from '../dialogs.ts';
import { openLibraries } from '../library/store.ts';
import { whenOnline } from '../online.ts';
import type { AppWindow } from '../window.ts';
import { done, withFeature } from '../with-feature.ts';
import { createCodec } from './codec.ts';
import { openCopies } from './copies.ts';
import { startMediaHost } from './host.ts';
import { keepPasted, type Pasted } from './pasted.ts';
import { createMediaProcess } from './process.ts';
import { thumbnailsOf, withHeic } from './thumbnails.ts';
import { createVideos } from './videos.ts';

type PictureHandlers = Pick<Handlers, 'backgrounds' | 'picture'>;

export interface Pictures {
  readonly port: Media;
  readonly pasted: Pasted;
  /** What the window asks for. */
  handlers(tally: Pick<Tally, 'feature'>): PictureHandlers;
}

/** Pictures and videos as far as they are this computer's business: pixels, copies, the taskbar. */
export function createPictures(window: AppWindow, disk: Disk): Pictures {
  const userData = app.getPath('userData');
  const copies = openCopies(join(userData, 'copies'), clock.now, disk);
  const libraries = openLibraries(join(userData, 'library'), disk);
  const pasted = keepPasted(join(userData, 'pasted'));
  const batches = createBatches();
  const thumbnails = thumbnailsOf(process.platform, nativeImage.createThumbnailFromPath);
  const media = createMediaProcess(startMediaHost, clock);
  // What takes minutes has a process of its own: pictures do not wait for it.
  const making = createMediaProcess(startMediaHost, clock);
  for (const { stop } of [media, making]) app.once('before-quit', stop);

  return {
    pasted,
    port: {
      codec: withHeic(createCodec(media, disk), disk, thumbnails),
      videos: createVideos(media, making),
      copies: copies.of,
      forget: (key) => void copies.forget(key),
      library: libraries.of,
      forgetLibrary: (key) => void libraries.forget(key),
      online: whenOnline,
      uploads(key, queue) {
        batches.update(key, queue);
        window.progress(batches.progress());
      },
    },
    handlers(tally) {
      const backgrounds = withFeature(tally, 'backgrounds');
      const picture = withFeature(tally, 'picture');
      return {
        backgrounds: {
          add: (files) =>
            backgrounds(async (found) => {
              found.add(await pasted.take(files));
              return done;
            }),
          async preview({ kind, id }) {
            const found = await tally.feature('backgrounds');
            return { ok: true, value: (await found?.preview(kind, id)) ?? null };
          },
          async frame({ id, at, turn }) {
            const found = await tally.feature('backgrounds');
            return { ok: true, value: (await found?.frame(id, at, turn)) ?? null };
          },
          async original({ id }) {
            const found = await tally.feature('backgrounds');
            return { ok: true, value: (await found?.original(id)) ?? null };
          },
          crop: ({ id, bytes }) =>
            backgrounds(async (found) => {
              const error = await found.crop(id, bytes);
              return error ? { ok: false, error } : done;
            }),
        },
        picture: {
          offer: (files) =>
            picture(async (found) => {
              const image = await found.offer(await pasted.take(files));
              if (image) window.notify('picture', 'crop', image);
              return done;
            }),
          async shown() {
            return { ok: true, value: (await tally.feature('picture'))?.shown() ?? null };
          },
          save: ({ bytes }) =>
            picture(async (found) => {
              const error = await found.save(bytes);
              return error ? { ok: false, error } : done;
            }),
        },
      };
    },
  };
}

const taken = ['jpg', 'jpeg', 'jpe', 'jfif', 'png', 'gif'];
const drawnAnew = ['webp', 'avif', 'bmp', 'tif', 'tiff', 'heic', 'heif'];
const videos = ['mp4', 'm4v', 'mov', 'qt', '3gp', '3g2', 'webm', 'mkv', 'mts', 'm2ts', 'ts'];
const allFiles = { name: t.allFiles, extensions: ['*'] };
const filters = {
  backgrounds: [{ name: t.picturesAndVideos, extensions: [...taken, ...drawnAnew, ...videos] }, allFiles],
  picture: [{ name: t.pictures, extensions: [...taken, ...drawnAnew] }, allFiles],
  calendar: [{ name: t.calendars, extensions: ['ics', 'ical', 'ifb', 'icalendar', 'vcs'] }, allFiles],
  program: [allFiles],
};

const titles = {
  backgrounds: t.uploadBackgrounds,
  picture: t.choosePicture,
  calendar: t.chooseCalendar,
  program: t.chooseProgram,
} as const;

/** Asks for files by the system's dialog; none when it was closed. */
export async function chooseFiles(use: keyof typeof filters): Promise<readonly string[]> {
  const several = use === 'backgrounds' ? (['multiSelections'] as const) : [];
  return chooseOpen({
    title: titles[use],
    filters: filters[use],
    properties: ['openFile', ...several],
  });
}
