import { type TallyError, tallyError } from '../../../shared/errors.ts';
import type { Reached } from '../http/failures.ts';
import { drawnFacts } from '../media/drawn.ts';
import { mediaLimits } from '../media/limits.ts';
import { Refusal } from '../media/problem.ts';
import { shrink } from '../media/shrink.ts';
import type { ImageCodec } from '../ports.ts';
import type { ZoomClient } from '../zoom/client.ts';

const chunkSize = 256 * 1024;

/** Why a change came to nothing. */
export interface Failed {
  readonly error: TallyError;
  readonly reached: Reached;
}

interface Means {
  readonly zoom: Pick<ZoomClient, 'call'>;
  readonly codec: ImageCodec;
  readonly signal: AbortSignal;
}

/** Sends a PNG or JPEG, made smaller than 2 MB where it is not. Never rejects. */
export async function uploadPicture(given: Uint8Array, means: Means): Promise<Failed | undefined> {
  const { zoom, codec, signal } = means;
  const source = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const targetBytes = mediaLimits.picture.sureBytes;
  const small = await drawnFacts(source)
    .then((facts) => shrink(source, { facts, targetBytes, codec, signal }))
    .catch((cause: unknown) => {
      if (cause instanceof Refusal) return { ok: false, problem: cause.problem } as const;
      throw cause;
    });
  if (!small.ok) return { error: tallyError('file', small.problem.words), reached: 'no' };
  const { bytes, after } = small;
  const file = {
    name: after.kind === 'png' ? 'picture.png' : 'picture.jpg',
    type: `image/${after.kind}`,
    size: bytes.byteLength,
    open: () => chunks(bytes),
  };
  const result = await zoom.call('userPicture', { file }, { signal });
  return result.ok ? undefined : { ...result, error: explained(result.error) };
}

/** Removes the picture at Zoom. Never rejects. */
export async function removePicture({ zoom, signal }: Omit<Means, 'codec'>): Promise<Failed | undefined> {
  const result = await zoom.call('userPictureDelete', { path: { userId: 'me' } }, { signal });
  return result.ok ? undefined : { ...result, error: explained(result.error) };
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
}

/** What Zoom's codes mean for a profile picture (facts: userPicture, userPictureDelete). */
function explained(error: TallyError): TallyError {
  const { zoom, kind } = error;
  // The same code says of other operations, and with other words, that something in the request is wrong.
  if (zoom?.code === 300 && zoom.operation === 'userPicture' && /content/i.test(zoom.message)) {
    return {
      ...error,
      kind: 'file',
      what: 'Zoom takes this picture for explicit content.',
      action: 'choose-file',
    };
  }
  if (zoom?.code === 200 && kind === 'forbidden') {
    const what = 'Only an administrator of your Zoom account can change profile pictures.';
    return { ...error, kind: 'forbidden', what, action: 'ask-administrator' };
  }
  if (zoom?.code === 120) return { ...error, what: 'Zoom didn’t accept this picture.' };
  return error;
}
