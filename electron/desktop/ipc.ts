import { ipcMain } from 'electron';
import type * as z from 'zod';
import { type Result, tallyError } from '../../shared/errors.ts';
import { channelName, type Handlers } from '../../shared/ipc/channels.ts';
import { popoverCalls, popoverChannel } from '../../shared/ipc/popover.ts';
import { popoverSchemas, schemas } from '../../shared/ipc/schemas.ts';
import type { Popover } from './popover.ts';
import type { PopoverHandlers } from './popover-handlers.ts';
import type { AppWindow } from './window.ts';

const refused: Result<never> = {
  ok: false,
  error: tallyError('forbidden', 'This didn’t come from the Tally window.', { action: 'none' }),
};

/**
 * Registers one handler for each entry of the contract that the window can call. Each checks the sender (main frame of our own page),
 * parses the input, and answers with a Result whatever happens: nothing is thrown across.
 */
export function handleIpc(handlers: Handlers, window: Pick<AppWindow, 'owns'>): void {
  const groups: Readonly<Record<string, Readonly<Record<string, (input: never) => unknown>>>> = handlers;
  for (const [group, inputs] of Object.entries(schemas)) {
    for (const [method, schema] of Object.entries(inputs)) {
      const act = groups[group]?.[method];
      if (act) handle({ channel: channelName(group, method), schema, act, window });
    }
  }
}

/** The same for what the popover can call. */
export function handlePopover(handlers: PopoverHandlers, popover: Pick<Popover, 'owns'>): void {
  for (const name of popoverCalls) {
    const act: (input: never) => unknown = handlers[name];
    handle({ channel: popoverChannel(name), schema: popoverSchemas[name], act, window: popover });
  }
}

interface Door {
  readonly channel: string;
  readonly schema: z.ZodType;
  /** Takes what the schema lets through: both are by the same name in their contract. */
  readonly act: (input: never) => unknown;
  /** The only one that may call it. */
  readonly window: { owns(frame: Electron.WebFrameMain | null): boolean };
}

function handle({ channel, schema, act, window }: Door): void {
  ipcMain.handle(channel, async (event, input: unknown) => {
    try {
      // A frame that has gone meanwhile throws when it is asked for its address.
      if (!window.owns(event.senderFrame)) return refused;
      const parsed = schema.safeParse(input);
      if (!parsed.success) {
        const why = parsed.error.issues[0]?.message ?? '';
        return { ok: false, error: tallyError('invalid-input', 'Tally can’t do this.', { why }) };
      }
      return await act(parsed.data as never);
    } catch {
      return { ok: false, error: tallyError('internal', 'Something went wrong inside Tally.') };
    }
  });
}
