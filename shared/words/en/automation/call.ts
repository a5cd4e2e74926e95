import { words } from '../../language.ts';
import type { RuleWords } from './rule-words.ts';

const t = words({
  name: 'Calls in other apps',
  help: 'Sets your status while an app uses your microphone or camera. Zoom’s own calls aren’t counted, since Zoom shows them itself.',
  nothing: 'Right now: no call.',
  untold:
    'Your system doesn’t tell apps when a microphone or camera is in use, so this rule can’t do anything here.',
  reasons: { microphone: 'on a call · microphone in use', camera: 'on a call · camera in use' },
  inUseBy: (reason: string, program: string) => `${reason} by ${program}`,
});

export const call: RuleWords = {
  ...t,
  reason({ device = 'microphone', program }) {
    const reason = t.reasons[device];
    return program === undefined ? reason : t.inUseBy(reason, program);
  },
};

export const callPart = words({
  status: 'During a call',
  ignored: 'Apps that don’t count',
  ignore: (program: string) => `Don’t count ${program}`,
  count: (program: string) => `Count ${program} again`,
});
