import { expect, it } from 'vitest';
import { readStoredProfile, storeProfile } from '../../../../electron/core/profile/stored.ts';

it('no link with a passcode or a token is kept of the profile, be it not saved, saved, or on its way', () => {
  const link = 'https://zoom.us/j/1?pwd=hush';
  const open = { key: 'dept', before: 'Art', after: 'Music' };
  const kept = {
    edits: { location: { value: `My room: ${link}` }, job_title: { value: 'Baker' } },
    history: [{ id: 'a', at: 1, changes: [{ key: 'company', before: link, after: 'x' }, open] }],
    intent: { id: 'b', at: 2, changes: [{ key: 'company', before: 'x', after: link }] },
  };
  const stored = storeProfile(kept);
  expect(JSON.stringify(stored)).not.toContain('hush');
  expect(readStoredProfile(stored)).toEqual({
    edits: { job_title: { value: 'Baker' } },
    history: [{ id: 'a', at: 1, changes: [open] }],
  });
});
