import { describe, expect, it } from 'vitest';
import type { FailureReason } from '../../../../electron/core/http/failures.ts';
import { connectionErrors } from '../../../../electron/core/zoom/connection-errors.ts';
import type { TallyError } from '../../../../shared/errors.ts';

/** What each is to the app, what the person is led to, and whether more than the fact is said. */
const expected: Readonly<
  Record<FailureReason, readonly [TallyError['kind'], TallyError['action'], boolean]>
> = {
  'address-unknown': ['network', 'check-connection', true],
  unreachable: ['network', 'check-connection', false],
  broken: ['network', 'check-connection', false],
  timeout: ['timeout', 'retry', false],
  untrusted: ['network', 'check-connection', true],
  'not-http': ['bad-answer', 'check-connection', false],
  'too-large': ['bad-answer', 'none', false],
  'too-slow': ['timeout', 'retry', false],
  unknown: ['internal', 'retry', false],
  'proxy-not-an-address': ['network', 'check-connection', true],
  'proxy-unusable': ['network', 'ask-administrator', true],
  'proxy-unreadable': ['network', 'check-connection', false],
  'proxy-unreachable': ['network', 'check-connection', true],
  'proxy-closed': ['network', 'check-connection', false],
  'proxy-unsafe': ['network', 'ask-administrator', true],
  'proxy-asks-password': ['network', 'check-connection', true],
  'proxy-refuses-password': ['network', 'check-connection', true],
  'proxy-refuses': ['network', 'ask-administrator', true],
  'proxy-stuck': ['network', 'retry', false],
};

describe('a call to Zoom that got no usable answer', () => {
  it.each(Object.entries(expected))('%s', (reason, [kind, action, isExplained]) => {
    const error = connectionErrors[reason as FailureReason];
    expect(error).toMatchObject({ kind, action });
    for (const said of [error.what, ...(isExplained ? [error.why] : [])])
      expect(said).toMatch(/^[A-Z].{15,}[.@]$/);
    if (!isExplained) expect(error).not.toHaveProperty('why');
  });

  it('is told in other words for each reason', () => {
    const told = Object.values(connectionErrors).map(({ what }) => what);
    expect(new Set(told).size).toBe(told.length);
  });
});
