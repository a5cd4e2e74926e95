import { words } from '../../language.ts';
import type { RuleWords } from './rule-words.ts';

export const quietWords = words({
  name: 'Do not disturb on your desktop',
  help: 'While your desktop shows no notifications, Tally sets another status.',
  nothing: 'Right now: your desktop shows notifications.',
  untold: 'Your system doesn’t tell apps about its do not disturb, so this rule can’t do anything here.',
  since: (time: string) => `notifications off since ${time}`,
  during: 'During it',
});

export const quiet: RuleWords = { ...quietWords, reason: ({ since }) => quietWords.since(since) };
