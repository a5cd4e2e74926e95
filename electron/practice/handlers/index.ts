import type { OperationId } from '../../../shared/zoom/operations.gen.ts';
import { access } from './access.ts';
import { account } from './account.ts';
import { backgrounds } from './backgrounds.ts';
import type { Call, Handler, HandlersFor, Reply } from './call.ts';
import { delegates } from './delegates.ts';
import { devices } from './devices.ts';
import { features } from './features.ts';
import { people } from './people.ts';
import { picture } from './picture.ts';
import { presence } from './presence.ts';
import { profile } from './profile.ts';
import { settings } from './settings.ts';
import { templates } from './templates.ts';

// Typed by the catalogue: an operation without a handler does not compile.
const handlers: HandlersFor<OperationId> = {
  ...presence,
  ...profile,
  ...picture,
  ...backgrounds,
  ...settings,
  ...delegates,
  ...access,
  ...account,
  ...people,
  ...features,
  ...devices,
  ...templates,
};

/** A call as the router made it: its parts are valid for `id`, which the type cannot know. */
type AnyCall = Omit<Call<OperationId>, 'path' | 'query' | 'body'> & {
  readonly path: unknown;
  readonly query: unknown;
  readonly body: unknown;
};

/** Carries a validated call out. */
export function handle(id: OperationId, call: AnyCall): Reply {
  const handler = handlers[id] as Handler<OperationId>;
  return handler(call as Call<OperationId>);
}
