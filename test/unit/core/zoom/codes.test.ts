import { describe, expect, it } from 'vitest';
import { judge } from '../../../../electron/core/zoom/errors.ts';
import { readLimits } from '../../../../electron/core/zoom/limits.ts';
import type { ErrorKind } from '../../../../shared/errors.ts';
import { type Operation, type OperationId, operations } from '../../../../shared/zoom/operations.gen.ts';
import reference from '../../../fixtures/zoom/reference-2025-12.json' with { type: 'json' };

/** The kind that Tally makes of a refusal. */
function kindOf(id: OperationId, code: number, message: string, http = 400): ErrorKind | undefined {
  const operation: Operation = operations[id];
  const body = Buffer.from(JSON.stringify({ code, message }));
  const headers = { 'content-type': 'application/json' };
  const limits = readLimits(operation.label, headers, 0);
  const verdict = judge(
    { operation, token: 'secret-token' },
    { status: http, headers, body, damage: null },
    limits,
    0,
  );
  return verdict.ok ? undefined : verdict.error.kind;
}

/** Codes with which Zoom's reference says different things of different operations: what each says, in short. */
const table: readonly (readonly [code: number, id: OperationId, said: string, kind: ErrorKind])[] = [
  [5301, 'userPresenceStatus', 'Reading the status failed.', 'refused'],
  [5301, 'updatePresenceStatus', 'Updating the status failed.', 'not-in-zoom-client'],
  [5411, 'userPresenceStatus', 'Not allowed to get the status.', 'forbidden'],
  [5411, 'updatePresenceStatus', 'Not allowed to update the status.', 'forbidden'],
  [120, 'userPicture', 'File is empty.', 'file'],
  [120, 'uploadVBuser', 'A maximum of 10 files are allowed for a user.', 'file'],
  [1000, 'userCreate', 'They manage a call queue.', 'refused'],
  [1000, 'userDelete', 'They manage a call queue.', 'refused'],
  [1000, 'userEmailUpdate', 'Administrators do not change that of others.', 'refused'],
  [1107, 'userCreate', 'Email domain is blocked.', 'refused'],
  [1107, 'userDelete', 'The domain is managed.', 'refused'],
  [1108, 'userCreate', 'Requirements for the type were not met.', 'refused'],
  [1108, 'userUpdate', 'Requirements for the type were not met.', 'refused'],
  [1108, 'userSettingsUpdate', 'Large meetings need a license.', 'refused'],
  [1117, 'userDelete', 'Not an admin.', 'refused'],
  [1117, 'userPassword', 'Not that of an admin.', 'refused'],
  [200, 'userCreate', 'No permission.', 'forbidden'],
  [200, 'userDelete', 'Cannot delete a Zoom Rooms user.', 'refused'],
  [200, 'userUpdate', 'Only an account administrator can change a vanity name.', 'forbidden'],
  [200, 'userAssistantCreate', 'Scheduling for yourself.', 'refused'],
  [200, 'userEmailUpdate', 'Only an account administrator can change email.', 'forbidden'],
  [200, 'userPicture', 'Only an account administrator can change a profile picture.', 'forbidden'],
  [200, 'userPictureDelete', 'Only an account administrator can change a profile picture.', 'forbidden'],
  [200, 'userSettingsUpdate', 'You can add max 10 free users.', 'refused'],
  [200, 'userStatus', 'The status of a Zoom Room stays.', 'refused'],
  [200, 'bulkUpdateFeature', 'Current account must be a paid account.', 'forbidden'],
  [300, 'users', 'The next page token is invalid or expired.', 'refused'],
  [300, 'userCreate', 'Invalid parameter: password', 'invalid-input'],
  [300, 'userEmail', 'Email is required.', 'invalid-input'],
  [300, 'userVanityName', 'Vanity name is required.', 'invalid-input'],
  [300, 'userDelete', 'Unable to unlink API users.', 'refused'],
  [300, 'userUpdate', 'The name contains an invalid word.', 'refused'],
  [300, 'userPassword', 'The same as the old one.', 'refused'],
  [300, 'userPicture', 'The picture has explicit content.', 'refused'],
  [300, 'userSettingsUpdate', 'Zoom Events are scheduled.', 'refused'],
  [300, 'bulkUpdateFeature', 'The subscription does not exist.', 'refused'],
  [300, 'delUserVB', 'Invalid parameter: file_ids', 'invalid-input'],
  [300, 'userStatus', 'Zoom Events are scheduled.', 'refused'],
];

/** Names that the catalogue had before the reference gave them others. */
const formerName: { readonly [id: string]: string } = { getUserPresenceStatus: 'userPresenceStatus' };

describe('a code that means different things', () => {
  it.each(table)('%d of %s: %s', (code, id, said, kind) => {
    expect(kindOf(id, code, said)).toBe(kind);
  });

  it('is in the table for each operation that the reference has it at', () => {
    const codes = [...new Set(table.map(([code]) => code))];
    const told = Object.values(
      reference.operations as Record<string, { id: string; errors: string[] }>,
    ).flatMap(({ id, errors }) =>
      errors.map((error) => [formerName[id] ?? id, Number(error.split(' ')[1])] as const),
    );
    for (const code of codes) {
      const ids = told.filter(([id, other]) => other === code && Object.hasOwn(operations, id));
      const ours = table.filter(([other]) => other === code).map(([, id]) => id);
      expect([code, ids.map(([id]) => id).sort()]).toEqual([code, [...new Set(ours)].sort()]);
    }
  });

  it('means nothing to an operation that does not have it', () => {
    const ids = Object.keys(operations) as OperationId[];
    for (const id of ids.filter((one) => !one.endsWith('PresenceStatus')))
      expect([id, kindOf(id, 5301, 'Failed.')]).toEqual([id, 'refused']);
  });

  it('and one that means the same to all is understood where it is not listed, too', () => {
    for (const id of Object.keys(operations) as OperationId[]) {
      expect(kindOf(id, 1001, 'User does not exist.')).toBe('not-found');
      expect(kindOf(id, 124, 'Access token is expired.')).toBe('not-signed-in');
      expect(kindOf(id, 4711, 'Scopes.')).toBe('missing-scope');
    }
  });
});
