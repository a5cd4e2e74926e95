import { expect, it } from 'vitest';
import { connectionOf } from '../../../../electron/desktop/tray/item-name.ts';
import { listForms, wellKnownName } from '../../../support/desktop/panel.ts';

it.each(Object.entries(listForms))('an icon is known as %s lists it', (_, form) => {
  const name = connectionOf(form({ owner: ':1.9', path: '/StatusNotifierItem' }));
  expect([':1.9', wellKnownName]).toContain(name);
});

it.each(['', '/StatusNotifierItem', '@', ':1', 'tally', ':1.9 ', 'a..b', 7, null, undefined, ['x']])(
  'nobody is known by %j',
  (item) => {
    expect(connectionOf(item)).toBeUndefined();
  },
);
