import type { Setup } from './setup.ts';

/** What an app at Zoom is configured with. */
export type AppPlan = Pick<Setup, 'redirectUri' | 'scopes' | 'isPublic'>;

/**
 * The manifest of an app for Tally, for accounts that have Zoom's early preview of manifests
 * (developers.zoom.us/docs/build-flow/manifests): uploaded in the build flow, it configures the app at once.
 */
export function manifestOf({ redirectUri, scopes, isPublic }: AppPlan) {
  return {
    display_information: { display_name: 'Tally' },
    oauth_information: {
      usage: 'USER_OPERATION',
      development_redirect_uri: redirectUri,
      production_redirect_uri: redirectUri,
      oauth_allow_list: [redirectUri],
      strict_mode: false,
      subdomain_strict_mode: false,
      scopes: scopes.map((scope) => ({ scope, optional: false })),
      scope_description: 'Tally is a desktop app with which people set their own status and settings.',
      enable_public_pkce_client: isPublic,
      enable_private_pkce_client: !isPublic,
    },
    features: { products: [] },
  };
}
