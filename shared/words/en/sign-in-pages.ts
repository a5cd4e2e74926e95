import { words } from '../language.ts';

/** What the browser shows after a sign-in. */
export const signInPages = words({
  done: { title: 'Back to Tally', text: 'You’re signed in. You can close this tab.' },
  declined: {
    title: 'Not connected',
    text: 'You declined in Zoom, so Tally was given nothing. You can close this tab.',
  },
  stray: {
    title: 'Not the answer Tally waits for',
    text: 'This answer doesn’t belong to the sign-in that Tally waits for. Go on in the tab that Tally opened last. You can close this tab.',
  },
  used: {
    title: 'Already answered',
    text: 'This sign-in has had its answer, and only the first one counts. You can close this tab.',
  },
  failed: {
    title: 'Not connected',
    text: 'The sign-in didn’t work. Tally says what went wrong and what to do. You can close this tab.',
  },
});
