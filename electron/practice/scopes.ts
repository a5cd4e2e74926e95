import type { Operation } from '../../shared/zoom/operations.gen.ts';
import { areClassic } from '../../shared/zoom/scopes.ts';
import { operationList } from './catalogue.ts';
import { refused } from './errors.ts';
import type { Grant } from './grants.ts';

const granularScopes = new Set(operationList.flatMap((operation) => operation.scopes.granular));
const classicScopes = new Set(operationList.flatMap((operation) => operation.scopes.classic));

/** Every scope of the catalogue's granular kind: `user` for one's own things, `admin` for everybody's. */
export function scopesFor(level: 'user' | 'admin'): string[] {
  return [...granularScopes].filter((scope) => level === 'admin' || !scope.endsWith(':admin')).sort();
}

/** Whether a scope is one of those that apps made before 2024 have. */
export const isClassicScope = (scope: string): boolean => classicScopes.has(scope);

/** What keeps a user-managed app from having these scopes; undefined when nothing does. */
export function scopesProblem(scopes: readonly string[]): string | undefined {
  if (scopes.length === 0) return 'An app needs at least one scope.';
  const unknown = scopes.filter((scope) => !granularScopes.has(scope) && !classicScopes.has(scope));
  if (unknown.length > 0) return `There is no scope by the name of: ${unknown.join(', ')}`;
  const administrators = scopes.filter((scope) => scope.endsWith(':admin'));
  if (administrators.length > 0) {
    return `Only apps that an administrator manages can have: ${administrators.join(', ')}`;
  }
  const classic = scopes.filter((scope) => classicScopes.has(scope));
  if (classic.length > 0 && classic.length < scopes.length) {
    return `An app has either granular or classic scopes. Classic are: ${classic.join(', ')}`;
  }
  return undefined;
}

/**
 * Refuses a token that has none of the operation's scopes: 4711 naming the granular ones, 4700 the classic ones, both
 * with HTTP 400. For other people than the token's owner only `:admin` scopes count. Of one operation nobody knows a granular
 * scope; a granular token passes there.
 */
export function checkScopes(operation: Operation, grant: Grant, others: boolean): void {
  const { classic, granular } = operation.scopes;
  const fitting = (scopes: readonly string[]) =>
    others ? scopes.filter((scope) => scope.endsWith(':admin')) : scopes;
  const enough = fitting([...classic, ...granular]);
  if (grant.scopes.some((scope) => enough.includes(scope))) return;
  if (areClassic(grant.scopes)) {
    throw refused(4700, `Invalid access token, does not contain scopes: [${fitting(classic).join(', ')}].`);
  }
  if (granular.length === 0) return;
  throw refused(4711, `Invalid access token, does not contain scopes:[${fitting(granular).join(', ')}].`);
}
