import {
  aliveEvery,
  type MediaAnswer,
  type MediaOrder,
  type VideoEvent,
} from '../../shared/ipc/media-process.ts';
import { workOnVideo } from './video.ts';

type VideoOrder = Extract<MediaOrder, { order: 'video' }>;

interface Asked {
  resolve(bytes: Uint8Array): void;
  reject(why: Error): void;
}

interface Working {
  readonly ended: AbortController;
  /** What of the file is asked for, in the order in which it was. */
  readonly asked: Asked[];
}

/** So long a decoder or an encoder may say nothing, in ms. */
const mostStill = 45_000;

/** The videos that are worked on, each with what it waits for. `tell` asks main for parts of the files, and says how far it is. */
export function createVideoWork(tell: (event: VideoEvent) => void) {
  const working = new Map<number, Working>();

  return {
    /** Takes what belongs to a video that is worked on; false where it belongs to none. */
    take(order: MediaOrder): boolean {
      const work = working.get(order.id);
      if (!work) return false;
      if (order.order === 'bytes') work.asked.shift()?.resolve(order.bytes);
      if (order.order === 'unread') work.asked.shift()?.reject(new Error('not read'));
      if (order.order === 'close') {
        work.ended.abort();
        for (const { reject } of work.asked.splice(0)) reject(new Error('given up'));
      }
      return true;
    },
    /** Does what is asked of a video. Rejects as `workOnVideo`. */
    async begin(order: VideoOrder): Promise<MediaAnswer> {
      const { id } = order;
      const ended = new AbortController();
      const asked: Asked[] = [];
      working.set(id, { ended, asked });
      let moved = performance.now();
      // What goes round in circles over a damaged file has no time for that.
      const alive = setInterval(() => {
        if (asked.length > 0 || performance.now() - moved < mostStill) tell({ id, alive: true });
      }, aliveEvery);
      try {
        return await workOnVideo(order, {
          signal: ended.signal,
          progress(share) {
            moved = performance.now();
            tell({ id, share });
          },
          read(at, length) {
            if (ended.signal.aborted) return Promise.reject(new Error('given up'));
            moved = performance.now();
            return new Promise((resolve, reject) => {
              asked.push({ resolve, reject });
              tell({ id, at, length });
            });
          },
        });
      } finally {
        clearInterval(alive);
        working.delete(id);
      }
    },
  };
}

export type VideoWork = ReturnType<typeof createVideoWork>;
