import type { MediaFacts } from '../../../shared/media.ts';
import { FileBytes } from './file.ts';
import { inMemory } from './in-memory.ts';
import { hasTooManyPixels, imageFacts } from './inspect.ts';
import { readKind } from './kind.ts';
import { Refusal } from './problem.ts';

/**
 * What the bytes of a picture are that the window drew, by their content and without decoding them.
 * @throws Refusal where they are neither PNG nor JPEG, damaged, or too many pixels to open
 */
export async function drawnFacts(bytes: Uint8Array): Promise<MediaFacts> {
  const file = new FileBytes(inMemory(bytes), bytes.byteLength, () => {});
  const kind = bytes.byteLength === 0 ? undefined : await readKind(file, 'JPG and PNG pictures');
  if (kind !== 'jpeg' && kind !== 'png') throw new Refusal('type', 'This is neither a JPG nor a PNG.');
  const facts = await imageFacts(kind, file);
  if (!hasTooManyPixels(facts)) return facts;
  throw new Refusal('bomb', 'This picture has too many pixels to open it safely.');
}
