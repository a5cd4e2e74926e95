import { type TallyError, tallyError } from '../../../shared/errors.ts';

/**
 * Why a sign-in is over for good, so that only a new one helps, as far as Zoom tells it
 * (developers.zoom.us/docs/integrations/oauth-error-messages). That a password was changed or the app removed it does not.
 */
export const ends = {
  unknown: tallyError('not-signed-in', 'Zoom no longer accepts this sign-in.', {
    why: 'Zoom doesn’t say why. Most often the app was removed under Added Apps, your password or your company’s sign-in (SSO) changed, or you signed in with the same app on another computer.',
  }),
  scopes: tallyError('not-signed-in', 'The scopes of your Zoom app have changed.', {
    why: 'This sign-in was made with the former ones, and Zoom no longer accepts it.',
  }),
  newer: tallyError('not-signed-in', 'Another sign-in has taken the place of this one.', {
    why: 'Zoom keeps one for each person and app, and you signed in with the same app on another computer or in another program.',
  }),
  person: tallyError('not-signed-in', 'Zoom no longer has you in the account of this sign-in.', {
    why: 'You were moved to another Zoom account, deactivated or removed; Zoom doesn’t say which. If Zoom doesn’t let you sign in, ask your administrator.',
  }),
  onItsWay: tallyError('not-signed-in', 'This sign-in seems to have been lost on its way.', {
    why: 'Zoom was asked for the next one, and Tally was ended, or the connection broke, before your keychain had it.',
  }),
  lost: tallyError('not-signed-in', 'The keychain no longer has this sign-in.'),
  memory: tallyError('not-signed-in', 'This sign-in ended when Tally quit.', {
    why: 'Your keychain had not taken it.',
  }),
} as const;

export type End = keyof typeof ends;
export const endNames = Object.keys(ends) as readonly End[];

/** Which of them an error is. */
export function endOf(error: TallyError): End {
  return endNames.find((name) => ends[name].what === error.what) ?? 'unknown';
}
