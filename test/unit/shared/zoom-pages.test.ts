import { describe, expect, it } from 'vitest';
import { pageErrors } from '../../../electron/core/sign-in/page-errors.ts';
import { zoomPageOf } from '../../../shared/zoom-pages.ts';

describe('what Zoom shows in a sign-in’s way', () => {
  it.each([
    ['{"status":false,"errorCode":4700,"errorMessage":"Invalid redirect url","result":null}', 'redirect'],
    ['{"status":false,"errorCode":4700,"errorMessage":"Invalid redirect url…', 'redirect'],
    ['Invalid redirect: http://127.0.0.1/tally (4,700)', 'redirect'],
    ['Invalid redirect url (4709)', 'redirect'],
    ['Error 4,709', 'redirect'],
    ['The address is not in the OAuth allow list. (4700)', 'allow-list'],
    ['Wrong URL format', 'form'],
    ['Invalid client_id (4,702)', 'client'],
    ['{"reason":"Invalid client_id or client_secret","error":"invalid_client"}', 'client'],
    ['4704', 'client'],
    ['Missing something (4706)', 'secret'],
    ['Invalid scope', 'scopes'],
    ['Invalid access token, does not contain scopes:[user:read:user] (4711)', 'scopes'],
    ['The authorization code has expired (4733)', 'code-expired'],
    ['Error 4,734', 'code-invalid'],
    ['(4735)', 'other-owner'],
    ['The app has been disabled (4,717)', 'app-off'],
    ['4717', 'app-off'],
    ['The token is disabled by admin.', 'not-approved'],
    ['(4738)', 'not-approved'],
    ["Unable to install this app without the developer's account", 'other-account'],
    ['Your admin has not approved this app. Request pre-approval from your admin.', 'not-approved'],
    ['You cannot authorize the app\nYour account administrator has disabled this app', 'not-approved'],
    [
      'This app is not allowed. Contact your account owner or administrator to request permission',
      'not-approved',
    ],
  ] as const)('is known when it is pasted: %s', (text, page) => {
    expect(zoomPageOf(text)).toBe(page);
    expect(pageErrors[page].why).toMatch(/\.$/);
  });

  it.each([
    '',
    'hello',
    'http://127.0.0.1/tally?code=4700&state=admin+approve',
    'https://zoom.us/oauth/authorize?redirect_uri=x',
    '127.0.0.1',
    '14700',
    'x'.repeat(20_001),
  ])('is not found in other things: %s', (text) => {
    expect(zoomPageOf(text)).toBeUndefined();
  });

  it('never asks for a scope of an administrator', () => {
    expect(pageErrors.scopes.why).toContain('can’t have any');
  });
});
