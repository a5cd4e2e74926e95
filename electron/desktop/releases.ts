/**
 * Where releases are, for people and for Tally. There is no site yet (.invalid leads nowhere, RFC 2606), and nothing is asked until
 * whoever publishes Tally puts theirs here.
 */
export const releases = {
  page: 'https://tally.invalid/releases',
  feed: 'https://tally.invalid/releases/latest.json',
} as const;
