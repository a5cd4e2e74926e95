import * as z from 'zod';
import { parseJson } from '../../shared/json.ts';
import { type NewApp, nameProblem } from './new-app.ts';
import { allowListProblem, type RedirectForm, redirectProblem } from './redirects.ts';
import { isClassicScope, scopesProblem } from './scopes.ts';

const scope = z.object({ scope: z.string(), optional: z.boolean() });

/**
 * A manifest of an app as Zoom's early preview has it (developers.zoom.us/docs/build-flow/manifests, and what was seen of its
 * validation). Unknown keys at the top are let through, as Zoom does.
 */
const manifest = z.object({
  display_information: z.object({ display_name: z.string() }),
  oauth_information: z.strictObject({
    usage: z.literal('USER_OPERATION'),
    development_redirect_uri: z.string(),
    production_redirect_uri: z.string().optional(),
    oauth_allow_list: z.array(z.string()),
    strict_mode: z.boolean(),
    subdomain_strict_mode: z.boolean(),
    scopes: z.array(scope),
    scope_description: z.string().optional(),
    enable_public_pkce_client: z.boolean(),
    enable_private_pkce_client: z.boolean().optional(),
  }),
  features: z.object({ products: z.array(z.string()) }),
});

/** Reads a manifest: the app that it describes, or what is wrong, each problem behind the setting it is about. */
export function readManifest(
  text: string,
  form: RedirectForm,
): { readonly app: NewApp } | { readonly problems: readonly string[] } {
  const read = manifest.safeParse(parseJson(text));
  if (!read.success)
    return {
      problems: read.error.issues.map(({ path, message }) => `${path.join('.') || 'manifest'}: ${message}`),
    };
  const { display_information, oauth_information: oauth, features } = read.data;
  const isPublic = oauth.enable_public_pkce_client;
  const scopes = oauth.scopes.map((one) => one.scope);
  const checks: (readonly [setting: string, problem: string | undefined])[] = [
    ['display_information.display_name', nameProblem(display_information.display_name)],
    [
      'oauth_information.development_redirect_uri',
      redirectProblem(oauth.development_redirect_uri, isPublic, form),
    ],
    [
      'oauth_information.production_redirect_uri',
      oauth.production_redirect_uri === undefined
        ? undefined
        : redirectProblem(oauth.production_redirect_uri, isPublic, form),
    ],
    ['oauth_information.oauth_allow_list', allowListProblem(oauth.oauth_allow_list)],
    ['oauth_information.scopes', scopesProblem(scopes)],
    [
      'oauth_information.scopes',
      oauth.scopes.every(({ optional }) => optional) ? 'At least one must not be optional.' : undefined,
    ],
    ['oauth_information.scopes', scopes.some(isClassicScope) ? 'Classic scopes are not taken.' : undefined],
    // With a product, a home address and a list of domains would be needed.
    ['features.products', features.products.length > 0 ? 'No product is offered here.' : undefined],
  ];
  const problems = checks.flatMap(([setting, problem]) => (problem ? [`${setting}: ${problem}`] : []));
  if (problems.length > 0) return { problems };
  return {
    app: {
      name: display_information.display_name,
      redirectUri: oauth.development_redirect_uri,
      allowList: oauth.oauth_allow_list,
      scopes,
      isPublic,
    },
  };
}
