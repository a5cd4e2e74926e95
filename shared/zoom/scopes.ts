import type { MissingOperation } from '../accounts.ts';
import { operationGroups } from './operation.ts';
import { type Operation, type OperationGroup, type OperationId, operations } from './operations.gen.ts';

/** Apps at Zoom made since March 2024 have granular scopes; older ones keep the classic ones. */
export type ScopeKind = 'granular' | 'classic';

const classicScopes = new Set(
  Object.values(operations).flatMap(({ scopes }): readonly string[] => scopes.classic),
);

/** Whether an app with these scopes is one of before 2024. Classic scopes have two parts, granular ones three or more, but for `:admin`. */
export function areClassic(scopes: readonly string[]): boolean {
  return scopes.some((scope) => classicScopes.has(scope) || /^\w+:(?:read|write)(?::admin)?$/.test(scope));
}

/** The call that tells who signed in. Nothing works without it, so its scope is in every list. */
const identity: OperationId = 'user';

/** Those that a user-managed app can be allowed at all. */
const possible = Object.entries(operations as Readonly<Record<OperationId, Operation>>)
  .filter(([, { adminOnly }]) => !adminOnly)
  .map(([id, operation]) => ({ ...operation, id: id as OperationId }));

/** The groups of the catalogue with at least one operation that needs no administrator, most wanted first. */
export const featureGroups: readonly OperationGroup[] = operationGroups.filter((group) =>
  possible.some((operation) => operation.group === group),
);

/** Scopes for one's own things, of which any one is enough. */
function userLevel(operation: Operation, kind: ScopeKind): readonly string[] {
  return operation.scopes[kind].filter((scope) => !scope.endsWith(':admin'));
}

/**
 * The scope that an app should have for an operation: of several the one that most operations share, but none that also
 * writes where one that reads is enough.
 */
function preferred(operation: Operation, kind: ScopeKind): string | undefined {
  const enough = userLevel(operation, kind);
  const reading = enough.filter((scope) => scope !== 'user:write');
  const uses = (scope: string) => possible.filter((one) => userLevel(one, kind).includes(scope)).length;
  return [...(reading.length > 0 ? reading : enough)].sort((a, b) => uses(b) - uses(a))[0];
}

/**
 * The least scopes, sorted, with which a user-managed app can do everything of these groups and know who signed in.
 * The classic `user:write` includes `user:read`, but for asking the presence.
 */
export function needed(groups: readonly OperationGroup[], kind: ScopeKind): string[] {
  const wanted = possible.filter(({ id, group }) => id === identity || groups.includes(group));
  const chosen = new Set<string>();
  // Operations with no choice go first: what they need may be enough for the others.
  for (const operation of wanted.sort((a, b) => userLevel(a, kind).length - userLevel(b, kind).length)) {
    const scope = preferred(operation, kind);
    if (scope !== undefined && !userLevel(operation, kind).some((one) => chosen.has(one))) chosen.add(scope);
  }
  return [...chosen].sort();
}

/**
 * What a sign-in does not cover, in the catalogue's order; operations for administrators only are left out. The scopes named are of the
 * kind that the app has; where nobody knows a scope of that kind, nothing is missing.
 * @param granted space-separated as Zoom sends them; of an empty text nothing is known, so nothing is missing
 */
export function missingOperations(granted: string): MissingOperation[] {
  const have = granted.split(/[\s,]+/).filter(Boolean);
  if (have.length === 0) return [];
  const kind: ScopeKind = areClassic(have) ? 'classic' : 'granular';
  return possible
    .filter((operation) => userLevel(operation, kind).length > 0)
    .filter(({ scopes }) => ![...scopes.classic, ...scopes.granular].some((scope) => have.includes(scope)))
    .map((operation) => ({ operation: operation.id, scopes: userLevel(operation, kind) }));
}
