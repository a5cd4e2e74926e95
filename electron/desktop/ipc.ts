import { ipcMain } from 'electron';
import { type Result, tallyError } from '../../shared/errors.ts';
import { channelName, type Handlers } from '../../shared/ipc/channels.ts';
import { schemas } from '../../shared/ipc/schemas.ts';
import type { AppWindow } from './window.ts';

const refused: Result<never> = {
  ok: false,
  error: tallyError('forbidden', 'This didn’t come from the Tally window.', { action: 'none' }),
};

/**
 * Registers one handler for each entry of the contract that the window can call. Each checks the sender (main frame of our own page),
 * parses the input, and answers with a Result whatever happens: nothing is thrown across.
 */
export function handleIpc(handlers: Handlers, window: AppWindow): void {
  const groups: Readonly<Record<string, Readonly<Record<string, (input: never) => unknown>>>> = handlers;
  for (const [group, inputs] of Object.entries(schemas)) {
    for (const [method, schema] of Object.entries(inputs)) {
      ipcMain.handle(channelName(group, method), async (event, input: unknown) => {
        try {
          // A frame that has gone meanwhile throws when it is asked for its address.
          if (!window.owns(event.senderFrame)) return refused;
          const parsed = schema.safeParse(input);
          if (!parsed.success) {
            const why = parsed.error.issues[0]?.message ?? '';
            return { ok: false, error: tallyError('invalid-input', 'Tally can’t do this.', { why }) };
          }
          // Of the type that this handler takes: both are by the same name in the contract.
          return await groups[group]?.[method]?.(parsed.data as never);
        } catch {
          return { ok: false, error: tallyError('internal', 'Something went wrong inside Tally.') };
        }
      });
    }
  }
}
