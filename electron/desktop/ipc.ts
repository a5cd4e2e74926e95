import { ipcMain } from 'electron';
import { type Result, tallyError } from '../../shared/errors.ts';
import { contract, type Handlers } from '../../shared/ipc.ts';
import type { AppWindow } from './window.ts';

const refused: Result<never> = {
  ok: false,
  error: tallyError('forbidden', 'This did not come from the Tally window.', { action: 'none' }),
};

/**
 * Registers one handler for each entry of the contract that the window can call. Each checks the sender (main frame of our own page),
 * parses the input, and answers with a Result whatever happens: nothing is thrown across.
 */
export function handleIpc(handlers: Handlers, window: AppWindow): void {
  for (const [group, entries] of Object.entries(contract)) {
    for (const [method, entry] of Object.entries(entries)) {
      if (entry.kind === 'notify') continue;
      const handler = (handlers as unknown as Record<string, Record<string, (input: unknown) => unknown>>)[
        group
      ]?.[method];
      ipcMain.handle(`${group}.${method}`, async (event, input: unknown) => {
        try {
          // A frame that has gone meanwhile throws when it is asked for its address.
          if (!window.owns(event.senderFrame)) return refused;
          const parsed = entry.input.safeParse(input);
          if (!parsed.success) {
            const why = parsed.error.issues[0]?.message ?? '';
            return { ok: false, error: tallyError('invalid-input', 'Tally cannot do this.', { why }) };
          }
          return await handler?.(parsed.data);
        } catch {
          return { ok: false, error: tallyError('internal', 'Something went wrong inside Tally.') };
        }
      });
    }
  }
}
