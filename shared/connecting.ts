import type { Cloud } from './places.ts';
import { loopbackRedirect } from './redirects.ts';
import type { OperationGroup } from './zoom/operation.ts';

/** The steps to an app of one's own; the fourth is the sign-in itself. */
export const connectSteps = ['choose', 'create', 'paste'] as const;
export type ConnectStep = (typeof connectSteps)[number];

/** How far somebody is on the way to an app of their own. It outlasts a restart; no secret is ever in it. */
export interface Connecting {
  readonly step: ConnectStep;
  /** Whether they may make apps at Zoom, as far as they have said. */
  readonly mayCreate: boolean | null;
  readonly cloud: Cloud;
  /** What Tally shall be able to do. */
  readonly groups: readonly OperationGroup[];
  readonly redirectUri: string;
  readonly isPublic: boolean;
  /** As it was typed last, right or not. */
  readonly clientId: string;
  /** What is ticked off. */
  readonly done: readonly string[];
}

/** The status alone is what most people begin with; more can be allowed later, by signing in again. */
export const connectingStart: Connecting = {
  step: 'choose',
  mayCreate: null,
  cloud: 'commercial',
  groups: ['Presence'],
  redirectUri: loopbackRedirect,
  isPublic: true,
  clientId: '',
  done: [],
};
