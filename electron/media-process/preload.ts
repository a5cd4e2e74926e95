import { ipcRenderer } from 'electron';
import {
  type MediaAnswer,
  type MediaOrder,
  mediaPort,
  type VideoEvent,
} from '../../shared/ipc/media-process.ts';
import { forget, openPicture, type Picture, release, resized } from './picture.ts';
import { createVideoWork, type VideoWork } from './video-work.ts';

// All of the media process: it stands in an empty page that shows nothing, has no script of its own and reaches nothing. It gets
// bytes and gives bytes, over one port that main has the other end of.

/** The end of a JPEG. Some programs leave it out, and the decoder wants it; where there is one it looks no further. */
const endOfImage = [0xff, 0xd9];

interface Arriving {
  readonly order: Extract<MediaOrder, { order: 'open' }>;
  readonly bytes: Uint8Array<ArrayBuffer>;
  filled: number;
}

const arriving = new Map<number, Arriving>();
const open = new Map<number, Picture>();
/** The last that was made for encoding, as the next is most often of that size. */
let last:
  | { readonly of: number; readonly canvas: OffscreenCanvas; readonly behind: string | undefined }
  | undefined;

function forgetLast(): void {
  if (last && open.get(last.of)?.canvas !== last.canvas) release(last.canvas);
  last = undefined;
}

function close(id: number): void {
  if (last?.of === id) forgetLast();
  const picture = open.get(id);
  if (picture) release(picture.canvas);
  open.delete(id);
  arriving.delete(id);
}

async function take({
  id,
  bytes,
}: Extract<MediaOrder, { order: 'bytes' }>): Promise<MediaAnswer | undefined> {
  const picture = arriving.get(id);
  if (!picture) return undefined;
  picture.bytes.set(bytes, picture.filled);
  picture.filled += bytes.byteLength;
  forget(bytes);
  if (picture.filled < picture.order.size) return undefined;
  picture.bytes.set(endOfImage, picture.filled);
  arriving.delete(id);
  const made = await openPicture(picture.bytes, picture.order);
  open.set(id, made);
  return { id, width: made.canvas.width, height: made.canvas.height, opaque: made.opaque };
}

async function encode(order: Extract<MediaOrder, { order: 'encode' }>): Promise<MediaAnswer> {
  const { id, of, width, height, behind, type, quality, most } = order;
  const picture = open.get(of);
  if (!picture) return { id, failed: true };
  const sized = last?.of === of && last.canvas.width === width && last.canvas.height === height;
  const fits = sized && last?.behind === behind;
  if (!fits) {
    forgetLast();
    last = { of, canvas: resized(picture.canvas, order), behind };
  }
  const blob = await (last as NonNullable<typeof last>).canvas.convertToBlob({
    type,
    quality: quality / 100,
  });
  const { size } = blob;
  return size > most ? { id, size } : { id, size, bytes: new Uint8Array(await blob.arrayBuffer()) };
}

async function obey(order: MediaOrder, videos: VideoWork): Promise<MediaAnswer | undefined> {
  if (videos.take(order)) return undefined;
  if (order.order === 'video') return videos.begin(order);
  if (order.order === 'close') close(order.id);
  if (order.order === 'bytes') return take(order);
  if (order.order === 'encode') return encode(order);
  if (order.order === 'open') {
    arriving.set(order.id, { order, bytes: new Uint8Array(order.size + endOfImage.length), filled: 0 });
  }
  return undefined;
}

ipcRenderer.once(mediaPort, ({ ports: [port] }) => {
  if (!port) return;
  const videos = createVideoWork((event: VideoEvent) => port.postMessage(event));
  port.onmessage = async ({ data }: MessageEvent<MediaOrder>) => {
    const answer = await obey(data, videos).catch((): MediaAnswer => {
      close(data.id);
      return { id: data.id, failed: true };
    });
    if (!answer) return;
    port.postMessage(answer);
    if ('bytes' in answer && answer.bytes) forget(answer.bytes);
  };
});
