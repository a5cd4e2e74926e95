import { words } from '../../language.ts';
import type { RuleWords } from './rule-words.ts';

const t = words({
  name: 'Screen lock',
  help: 'You’re Away while your screen is locked or your computer sleeps.',
  nothing: 'Right now: unlocked.',
  untold: 'Your system doesn’t tell apps when the screen is locked, so this rule can’t do anything here.',
  since: (time: string) => `locked since ${time}`,
});

export const lock: RuleWords = { ...t, reason: ({ since }) => t.since(since) };
