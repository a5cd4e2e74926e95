import { type TallyError, tallyError } from '../../../shared/errors.ts';
import type { ZoomPage } from '../../../shared/zoom-pages.ts';
import { failures } from './oauth-errors.ts';

/** What Zoom's pages mean that stand in a sign-in's way, and what is done about it. */
export const pageErrors: Readonly<Record<ZoomPage, TallyError>> = {
  redirect: failures.redirect,
  'allow-list': tallyError('invalid-input', 'The redirect address isn’t in your app’s allow list.', {
    why: 'Add it to the “OAuth Allow List” of your Zoom app, below “OAuth Redirect URL”.',
  }),
  form: tallyError('invalid-input', 'Zoom’s form doesn’t take this redirect address.', {
    why: 'Switch “Use Public Client OAuth” on first. Where the form still refuses, choose the next way back in Tally.',
  }),
  client: failures.client,
  secret: tallyError('invalid-input', 'Zoom misses something that says which app this is.', {
    why: 'Switch “Use Public Client OAuth” on in your app and use its Public Client ID, or tell Tally that the app has a secret.',
  }),
  scopes: tallyError('invalid-input', 'Your Zoom app lacks a scope.', {
    why: 'Under Scopes, add those that Tally lists. A user-managed app can’t have any that end in “:admin”.',
  }),
  'code-expired': failures.codeExpired,
  'code-invalid': failures.codeInvalid,
  'other-owner': tallyError('not-signed-in', 'The answer belongs to another app or person.', {
    why: 'Sign out of Zoom in the browser where somebody else is signed in there, and start again.',
  }),
  'other-account': tallyError('forbidden', 'Zoom doesn’t let this account use the app.', {
    why: 'An app that isn’t published works for members of the Zoom account that made it. Sign in to Zoom as one of them, or make an app in your own account.',
    action: 'check-input',
  }),
  'not-approved': failures.notApproved,
  'app-off': failures.switchedOff,
};
