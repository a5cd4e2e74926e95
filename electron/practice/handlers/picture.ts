import { uploads } from '../../../shared/zoom/limits.gen.ts';
import { refused, ZoomError } from '../errors.ts';
import { storedFile } from '../state/person.ts';
import { pictureUrl } from '../state/seed.ts';
import { type Call, type HandlersFor, noContent } from './call.ts';
import { sniff } from './files.ts';

function onlyAdministrators({ world, owner }: Pick<Call<'userPicture'>, 'world' | 'owner'>): void {
  if (!world.account.adminOnly.includes('picture') || owner === world.admin) return;
  throw refused(200, 'Only an account administrator can change a profile picture.');
}

export const picture: HandlersFor<'userPicture' | 'userPictureDelete'> = {
  userPicture: (call) => {
    onlyAdministrators(call);
    const { person, parts, world } = call;
    const file = parts.find((part) => part.name === 'pic_file');
    if (!file) throw refused(120, 'File is empty.');
    // Zoom's answer to a part without a file name is this empty one (seen by ZoomNet, Users.cs).
    if (file.filename === undefined) throw refused(120, '');
    if (file.bytes.length === 0) throw refused(120, 'File is empty.');
    if (file.bytes.length > uploads.userPicture.maxBytes) throw refused(120, 'File size cannot exceed 2M.');
    const type = sniff(file.bytes);
    if (!type || !uploads.userPicture.types.some((taken) => taken === type))
      throw refused(120, 'Only jpg/jpeg or png image file can be uploaded.');
    // What Zoom recognizes as explicit cannot be known here: the file's name says it.
    if (/explicit/i.test(file.filename)) throw new ZoomError(400, 300, 'The picture has explicit content.');
    const version = Number(person.picture?.url.match(/-(\d+)$/)?.[1] ?? 0) + 1;
    person.picture = {
      ...storedFile(file.filename, type, file.bytes),
      url: pictureUrl(world.origin, version),
    };
    return { status: 201, body: {} };
  },

  userPictureDelete: (call) => {
    onlyAdministrators(call);
    delete call.person.picture;
    return noContent;
  },
};
