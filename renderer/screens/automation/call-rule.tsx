import { callStatuses } from '../../../shared/automation/call.ts';
import type { SettingsOf } from '../../../shared/automation/rules.ts';
import type { AutomationView } from '../../../shared/automation.ts';
import { callPart as t } from '../../../shared/words/en/automation/call.ts';
import { statusWord } from '../../../shared/zoom/presence.ts';
import { Button } from '../../components/button.tsx';
import { useRun } from '../../lib/actions.ts';
import { CalmChoice } from './calm-choice.tsx';
import { RuleChoice } from './rule-choice.tsx';

interface CallRuleProps {
  readonly settings: SettingsOf<'call'>;
  readonly automation: AutomationView;
}

/** What follows during a call, and whose use of a microphone or camera is none. */
export function CallRule({ settings, automation }: CallRuleProps) {
  const { status, ignored, calm } = settings;
  const run = useRun();
  const program = automation.facts.call?.program;
  const ignore = (names: readonly string[]) => run({ type: 'automation.call', ignored: [...names] });
  return (
    <div className="flex flex-col gap-4">
      <RuleChoice
        label={t.status}
        options={callStatuses}
        value={status}
        say={statusWord}
        onChange={(one) => run({ type: 'automation.call', status: one })}
      />
      <CalmChoice calm={calm} onChange={(length) => run({ type: 'automation.call', calm: length })} />
      {program !== undefined && (
        <div>
          <Button onPress={() => ignore([...ignored, program])}>{t.ignore(program)}</Button>
        </div>
      )}
      {ignored.length > 0 && (
        <div className="flex flex-col gap-2">
          <p>{t.ignored}</p>
          <ul className="flex flex-col gap-2">
            {ignored.map((name) => (
              <li key={name} className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span className="min-w-0 break-words">{name}</span>
                <Button onPress={() => ignore(ignored.filter((one) => one !== name))}>{t.count(name)}</Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
