import * as z from 'zod';
import { connectSteps } from './connecting.ts';
import { setupFields } from './setup.ts';
import { operationGroups } from './zoom/operation.ts';

/** The fields of what is kept of somebody on the way to an app of their own. */
export const connectingFields = {
  step: z.enum(connectSteps),
  mayCreate: z.boolean().nullable(),
  cloud: setupFields.cloud,
  groups: z.array(z.enum(operationGroups)).readonly(),
  redirectUri: setupFields.redirectUri,
  isPublic: z.boolean(),
  clientId: z.string().max(300),
  done: z.array(z.string().max(600)).max(500).readonly(),
};
