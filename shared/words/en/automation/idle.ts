import { words } from '../../language.ts';
import type { RuleWords } from './rule-words.ts';

export const idleWords = words({
  name: 'Idle',
  help: 'You’re Away when nobody has used your keyboard or mouse for a while.',
  nothing: 'Right now: somebody’s here.',
  untold: 'Your system doesn’t tell apps when it’s idle, so this rule can’t do anything here.',
  since: (time: string) => `idle since ${time}`,
  after: 'Idle after',
});

export const idle: RuleWords = { ...idleWords, reason: ({ since }) => idleWords.since(since) };
