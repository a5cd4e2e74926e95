import { describe, expect, it } from 'vitest';
import { readProfile } from '../../../../electron/core/profile/values.ts';

const mobile = { country: 'DE', code: '+49', number: '5550142', label: 'Mobile', verified: true };
const { verified: _told, ...shown } = mobile;

describe('the telephone numbers of an answer', () => {
  it.each([undefined, null, '', []])('are none where Zoom tells %j', (phone_numbers) => {
    expect(readProfile({ phone_numbers }).phone_numbers).toEqual([]);
  });

  it('may have a number for a text, and lack what is not needed', () => {
    const phone_numbers = [mobile, { number: 5550187 }];
    expect(readProfile({ phone_numbers }).phone_numbers).toEqual([
      shown,
      { country: '', code: '', number: '5550187', label: '' },
    ]);
  });

  it.each([[[mobile, '+49 30 5550187']], [[mobile, { telephone: '5550187' }]], [{ mobile }], ['5550142']])(
    'are not told in part: %j',
    (phone_numbers) => {
      expect(readProfile({ phone_numbers })).not.toHaveProperty('phone_numbers');
    },
  );
});
