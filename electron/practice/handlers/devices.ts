import { ZoomError } from '../errors.ts';
import { type HandlersFor, ok } from './call.ts';

export const devices: HandlersFor<'listCollaborationDevices' | 'getCollaborationDevice'> = {
  listCollaborationDevices: ({ person: { devices } }) =>
    ok({ total_records: devices.length, collaboration_devices: devices }),

  getCollaborationDevice: ({ person, path: { collaborationDeviceId: id } }) => {
    const found = person.devices.find((device) => device.id === id);
    if (!found) throw new ZoomError(404, 1238, `Collaboration Device does not exist: ${id}.`);
    return ok(found);
  },
};
