import { uploads } from '../../../shared/zoom/limits.gen.ts';
import { refused } from '../errors.ts';
import { type Background, storedFile } from '../state/person.ts';
import { type HandlersFor, noContent } from './call.ts';
import { sniff } from './files.ts';

const { maxBytes, maxFiles } = uploads.uploadVBuser;

/** A background as Zoom lists it. */
export function backgroundFacts(file: Background) {
  return {
    id: file.id,
    is_default: file.isDefault,
    name: file.name,
    size: file.bytes.length,
    type: file.type,
  };
}

export const backgrounds: HandlersFor<'uploadVBuser' | 'delUserVB'> = {
  uploadVBuser: ({ world, person, parts }) => {
    const file = parts.find((part) => part.name === 'file');
    // A part that is missing or has no file name gets this odd answer (seen by ZoomNet).
    if (!file || file.filename === undefined)
      throw refused(-1, "Required request part 'file' is not present");
    if (file.bytes.length === 0)
      throw refused(120, 'No file uploaded, verify that a file has been uploaded.');
    if (file.bytes.length > maxBytes) throw refused(120, 'File size cannot exceed 15M.');
    if (person.backgrounds.length >= maxFiles)
      throw refused(120, 'A maximum of 10 files are allowed for a user.');
    const type = sniff(file.bytes);
    if (!type) throw refused(120, 'Only jpg/jpeg, gif or png image file can be uploaded.');
    const background: Background = {
      id: world.random.id(),
      type: type.startsWith('video/') ? 'video' : 'image',
      // Zoom tells which one is the default and never how it came to be it: here one that is added while there is none.
      isDefault: !person.backgrounds.some((one) => one.isDefault),
      ...storedFile(file.filename, type, file.bytes),
    };
    person.backgrounds.push(background);
    return { status: 201, body: backgroundFacts(background) };
  },

  delUserVB: ({ person, query }) => {
    const ids = new Set((query.file_ids ?? '').split(',').filter(Boolean));
    const known = new Set(person.backgrounds.map((file) => file.id));
    if (ids.size === 0 || [...ids].some((id) => !known.has(id)))
      throw refused(300, 'Invalid parameter: file_ids');
    person.backgrounds = person.backgrounds.filter((file) => !ids.has(file.id));
    return noContent;
  },
};
