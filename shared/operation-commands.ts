import type { Command } from './commands.ts';
import { commands as t } from './words/en/commands.ts';
import { spoken } from './words/language.ts';
import { operations } from './zoom/operations.gen.ts';

/** Each operation of Advanced. It opens the form; nothing is sent by it. */
export const operationCommands: readonly Command[] = Object.values(operations).map(
  ({ id, title, method, path }) => ({
    id: `advanced/${id}`,
    group: 'Advanced',
    title: t.operation(spoken(title)),
    words: `${id} ${method} ${path}`,
    action: { type: 'window.open', screen: 'advanced', search: id },
  }),
);
