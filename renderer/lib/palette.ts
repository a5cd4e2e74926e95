import { rankings } from 'match-sorter';
import type { Command } from '../../shared/commands.ts';
import { components as t } from '../../shared/words/en/components.ts';
import { search } from './search.ts';

const { WORD_STARTS_WITH } = rankings;

/** The commands that are searched for, by title, then by the other words for it; Zoom's operations after the others. */
export function findCommands(commands: readonly Command[], query: string): readonly Command[] {
  const found = search(commands, query, {
    title: (command) => command.title,
    others: [{ key: 'words', maxRanking: WORD_STARTS_WITH, threshold: WORD_STARTS_WITH }],
  });
  return operationsLast(othersFirst(found));
}

/** Enter on "switch" is to lead to another account than the one in use. */
function othersFirst(found: readonly Command[]): readonly Command[] {
  const isInUse = ({ action, current }: Command) => current && action.type === 'account.switch';
  return [...found.filter((command) => !isInUse(command)), ...found.filter(isInUse)];
}

/** Who looks for "token" wants the ZAK screen before one of Zoom's operations of that name. */
function operationsLast(found: readonly Command[]): readonly Command[] {
  const isOperation = ({ group }: Command) => group === 'Advanced';
  return [...found.filter((command) => !isOperation(command)), ...found.filter(isOperation)];
}

/** So many that were used last are offered first. */
const mostRecent = 5;

/** What was used last, by id, with one more. */
export function withRecent(recent: readonly string[], id: string): readonly string[] {
  return [id, ...recent.filter((one) => one !== id)].slice(0, mostRecent);
}

/** The commands that were used last, the newest first, as far as they are still there. */
export function recentOf(commands: readonly Command[], recent: readonly string[]): readonly Command[] {
  return recent.flatMap((id) => commands.filter((command) => command.id === id));
}

/** Goes on to the settings with what was typed. */
export function searchSettings(query: string): Command {
  const search = query.trim();
  return {
    id: 'settings/search',
    group: 'Go to',
    title: t.searchSettingsFor(search),
    action: { type: 'window.open', screen: 'settings', search },
  };
}
